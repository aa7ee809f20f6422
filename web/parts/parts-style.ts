/** Colours by their meaning. They follow the `color-scheme` of whatever page they are in. */
export const colors = {
  ink: ['#1b2530', '#e7ebef'],
  soft: ['#4f5d6b', '#a9b5c0'],
  paper: ['#ffffff', '#151b22'],
  shade: ['#f3f6f8', '#1d252e'],
  line: ['#d5dce3', '#35414d'],
  edge: ['#768492', '#8794a1'],
  accent: ['#0c5a6b', '#84cfdd'],
  'on-accent': ['#ffffff', '#05252d'],
  wrong: ['#ab1f14', '#ff9d92'],
  amber: ['#6f4500', '#f3d08a'],
  'amber-shade': ['#fdf1d3', '#3a2e12'],
} as const

export const colorVariables = Object.entries(colors)
  .map(([name, [light, dark]]) => `--${name}:light-dark(${light},${dark})`)
  .join(';')

/** What the widget and all pages have in common. */
export const partsStyle = `
*,::before,::after{box-sizing:border-box}
h2,h3,p,ul,ol,table,fieldset{margin:0}
[hidden]{display:none!important}
.trap{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
a{color:var(--accent);text-underline-offset:.15em}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px;border-radius:2px}
[tabindex="-1"]:focus{outline:none}
.summary:focus{outline:3px solid var(--wrong)}
small,.help,.basis,.optional,caption{color:var(--soft)}
.facts{width:100%;border-collapse:collapse;line-height:1.45}
.facts caption{padding:0 0 .6rem;text-align:left;font-size:.9rem}
.facts th,.facts td{padding:.75rem 1rem .75rem 0;border-top:1px solid var(--line);text-align:left;vertical-align:top}
.facts thead th{border-top:0;color:var(--soft);font-size:.85rem;font-weight:600}
.facts tbody th{font-weight:600;width:24%}
.facts td:nth-child(3){width:21%}
.facts td:nth-child(n+3){color:var(--soft);font-size:.9rem}
.facts .figure{font-size:1.25rem;font-variant-numeric:tabular-nums;line-height:1.2}
.facts .figure small{display:block;margin-top:.2rem;font-size:.85rem;line-height:1.35}
.facts td,.facts th{overflow-wrap:break-word}
.stale{display:block;width:fit-content;margin-top:.35rem;padding:.1rem .5rem;border-radius:.3rem;background:var(--amber-shade);color:var(--amber);font-size:.85rem}
.listing{display:grid;gap:1rem}
.disclosure{padding:.9rem 1.1rem;border-left:4px solid var(--amber);background:var(--amber-shade);color:var(--ink);font-size:.95rem;line-height:1.5}
.schools{display:grid;gap:1rem;padding:0;list-style:none}
.school{padding:1.1rem 1.25rem;border:1px solid var(--line);border-radius:var(--radius);background:var(--paper)}
.school-name{display:flex;flex-wrap:wrap;gap:.35rem .75rem;align-items:baseline;justify-content:space-between}
.school h3{font-size:1.15rem;line-height:1.3}
.sponsored{padding:.1rem .55rem;border:1px solid var(--amber);border-radius:1rem;background:var(--amber-shade);color:var(--amber);font-size:.8rem;font-weight:600}
.programs{margin:.6rem 0;padding:0;list-style:none}
.programs li{display:flex;flex-wrap:wrap;gap:.4rem 1rem;align-items:center;justify-content:space-between;padding:.6rem 0;border-top:1px solid var(--line)}
.programs small{display:block}
.basis{font-size:.85rem}
.pager{display:flex;flex-wrap:wrap;gap:.4rem;padding:0;list-style:none}
.pager a,.pager button,.pager span{display:inline-block;min-width:2.75rem;padding:.55rem .8rem;border:1px solid var(--line);border-radius:.4rem;background:none;color:var(--accent);font:inherit;text-align:center;text-decoration:none}
.pager a:hover,.pager button:hover{border-color:var(--accent)}
.pager [aria-current]{border-color:var(--accent);background:var(--accent);color:var(--on-accent)}
form,.fields{display:grid;gap:1.25rem}
.pair{display:grid;gap:1.25rem;grid-template-columns:repeat(auto-fit,minmax(min(100%,13rem),1fr))}
label,legend{font-weight:600}
legend{padding:0}
.optional{font-weight:400}
.help{font-size:.9rem;line-height:1.45}
.field{display:grid;gap:.35rem;align-content:start;min-width:0}
.wrong{padding-left:.9rem;border-left:4px solid var(--wrong)}
.fault{color:var(--wrong);font-weight:600}
input:not([type=checkbox],[type=radio]),select,textarea{width:100%;min-width:0;padding:.65rem .75rem;border:1px solid var(--edge);border-radius:.4rem;background:var(--paper);color:var(--ink);font:inherit;line-height:1.4}
select{height:2.9rem}
[aria-invalid=true]:not(fieldset,[type=checkbox]){border:2px solid var(--wrong)}
fieldset{display:grid;gap:.45rem;min-width:0;padding:0;border:0}
fieldset>.help{margin-bottom:.2rem}
.choice{display:flex;gap:.7rem;align-items:flex-start;padding:.35rem 0;font-weight:400;line-height:1.4}
.choice input{flex:none;width:1.25rem;height:1.25rem;margin:.05rem 0 0;accent-color:var(--accent)}
.consent{display:grid;gap:.75rem;padding:1.1rem 1.25rem;border:1px solid var(--edge);border-radius:var(--radius);background:var(--shade)}
.consent h3,.summary h3{font-size:1.05rem}
.consent-text{white-space:pre-wrap;font-size:.95rem;line-height:1.55;color:var(--ink)}
.summary{padding:1rem 1.25rem;border:2px solid var(--wrong);border-radius:var(--radius)}
.summary ul{margin-top:.4rem;padding-left:1.1rem}
.summary a{color:var(--wrong)}
.actions{display:flex;flex-wrap:wrap;gap:.75rem 1.25rem;align-items:center}
.button{display:inline-block;padding:.75rem 1.4rem;border:2px solid var(--accent);border-radius:.45rem;background:var(--accent);color:var(--on-accent);font:inherit;font-weight:600;text-decoration:none;cursor:pointer;transition:filter .15s}
.button:hover{filter:brightness(1.12)}
.button[aria-disabled=true]{opacity:.75;cursor:progress}
.plain{padding:.75rem .25rem;border:0;background:none;color:var(--accent);font:inherit;text-decoration:underline;cursor:pointer}
.thanks{display:grid;gap:.9rem}
.names{padding-left:1.2rem;line-height:1.8;font-weight:600}
@media(prefers-reduced-motion:reduce){*{transition:none!important;animation:none!important;scroll-behavior:auto!important}}
`
