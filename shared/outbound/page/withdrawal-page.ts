import { createHash } from 'node:crypto'
import { withdrawalPageText as text } from './withdrawal-page-text.ts'

type PageSchool = { id: string; name: string }

/** The page with one button for all schools and one for each. It needs no script. */
export function renderWithdrawalPage({ token, schools }: { token: string; schools: readonly PageSchool[] }) {
  const action = `/v1/withdrawals/${token}`
  const buttons = schools.map(({ id, name }) => ({
    action: `${action}?school=${encodeURIComponent(id)}`,
    label: text.one(name),
  }))
  return renderPage(mainTemplate, { ...text, action, buttons: buttons.length > 1 ? buttons : [] })
}

/** The page after a withdrawal, from every school or from one. */
export function renderWithdrawalDone(school: string | undefined) {
  const { title, all, one, close } = text.done
  return renderPage(doneTemplate, { title, message: school === undefined ? all : one(school), close })
}

/** Values are escaped. @throws Error if the template names an unknown variable */
async function renderPage(template: string, view: object): Promise<string> {
  const { Liquid } = await import('liquidjs')
  const liquid = new Liquid({ strictVariables: true, strictFilters: true, outputEscape: 'escape' })
  return String(await liquid.parseAndRender(`${start}${template}${end}`, view))
}

const style = `:root{color-scheme:light dark}
*{box-sizing:border-box}
body{font:1.0625rem/1.55 system-ui,sans-serif;margin:0;padding:1.5rem 1rem}
main{max-width:36rem;margin:0 auto}
h1{font-size:1.6rem;line-height:1.25;margin:0 0 1rem}
h2{font-size:1.15rem;margin:1.75rem 0 .5rem}
li{margin:.25rem 0}
form{margin:.6rem 0}
button{font:inherit;font-weight:600;width:100%;min-height:3rem;padding:.6rem 1rem;border:2px solid #14532d;border-radius:.5rem;background:#14532d;color:#fff;cursor:pointer;overflow-wrap:anywhere}
button.quiet{background:transparent;color:inherit;border-color:currentColor;font-weight:500}
button:focus-visible{outline:3px solid #f59e0b;outline-offset:2px}
.help{font-size:.95rem;margin-top:1.5rem}`

const start = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{{ title }}</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<main>
<h1>{{ title }}</h1>
`
const end = `
</main>
</body>
</html>
`

const mainTemplate = `<p>{{ intro }}</p>
<h2>{{ whatHappens.title }}</h2>
<ul>
{%- for point in whatHappens.points %}
<li>{{ point }}</li>
{%- endfor %}
</ul>
<form method="post" action="{{ action }}"><button>{{ all }}</button></form>
{%- if buttons.size > 0 %}
<h2>{{ oneTitle }}</h2>
{%- for button in buttons %}
<form method="post" action="{{ button.action }}"><button class="quiet">{{ button.label }}</button></form>
{%- endfor %}
{%- endif %}
<p class="help">{{ later }}</p>`

const doneTemplate = '<p>{{ message }}</p>\n<p class="help">{{ close }}</p>'

/** The page loads nothing and runs nothing, and its address is told to no other site. */
export const withdrawalPageHeaders = {
  'content-security-policy': [
    "default-src 'none'",
    `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
    'img-src data:',
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex',
}
