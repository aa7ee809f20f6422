import { narrowStyle } from '../parts/narrow-style.ts'
import { colors, partsStyle } from '../parts/parts-style.ts'

const variables = Object.entries(colors)
  .map(([name, [light, dark]]) => `--${name}:var(--prospectus-${name},light-dark(${light},${dark}))`)
  .join(';')
const fixed = Object.entries(colors)
  .map(([name, [light, dark]]) => `--${name}:light-dark(${light},${dark})`)
  .join(';')

/** Pages set `--prospectus-*` and `::part(...)`; what must be read (labels, disclosure, consent) takes neither. */
export const widgetStyle = `
.disclosure,.sponsored,.consent{all:initial;color-scheme:inherit}
${partsStyle}
:host{${variables};--radius:var(--prospectus-radius,.6rem);display:block;container-type:inline-size;padding:clamp(1rem,4cqi,1.75rem);border-radius:var(--radius);background:var(--paper);color:var(--ink);font:var(--prospectus-font,1rem/1.55 system-ui,sans-serif);text-align:left}
:host([hidden]){display:none}
.disclosure,.sponsored,.consent{${fixed};font:16px/1.5 system-ui,sans-serif;color:var(--ink)}
.sponsored{font-size:13px;font-weight:600;color:var(--amber)}
.consent{background:var(--shade)}
h2{font-size:1.5rem;line-height:1.25}
.card{display:grid;gap:1.1rem}
.pager{justify-content:center}
.pager button{cursor:pointer}
@container(max-width:34rem){${narrowStyle}}
`
