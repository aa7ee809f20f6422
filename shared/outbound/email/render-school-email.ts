type EmailSection = { heading: string; rows: readonly { label: string; value: string }[] }
/** What a school email shows, in the order of its parts. Every string is a single line. */
export type SchoolEmail = {
  subject: string
  heading: string
  /** Shown prominently; empty for a real lead. */
  testNotice: string
  paragraphs: readonly string[]
  /** What the reader can do, each on a line of its own. */
  links?: readonly { label: string; url: string }[]
  /** Paragraphs after the links. */
  closing?: readonly string[]
  sections: readonly EmailSection[]
  quote?: { heading: string; lines: readonly string[] }
  /** Follow the quote. */
  closingSections?: readonly EmailSection[]
  /** The last line. */
  footer?: string
}

/** The HTML and the plain text of an email. Values are escaped in HTML; @throws if a template names an unknown variable. */
export async function renderSchoolEmail(email: SchoolEmail): Promise<{ html: string; text: string }> {
  const { Liquid } = await import('liquidjs')
  const strict = { strictVariables: true, strictFilters: true }
  const {
    sections,
    closingSections = [],
    quote = { heading: '', lines: [] },
    links = [],
    closing = [],
    footer = '',
    ...rest
  } = email
  const allSections = [...sections, ...closingSections].filter(({ rows }) => rows.length > 0)
  const numberedSections = allSections.map((section, index) => ({ ...section, id: `section-${index + 1}` }))
  const openingCount = sections.filter(({ rows }) => rows.length > 0).length
  const view = {
    ...rest,
    links,
    closing,
    footer,
    quote,
    sections: numberedSections.slice(0, openingCount),
    closingSections: numberedSections.slice(openingCount),
  }
  const [html, text]: unknown[] = await Promise.all([
    new Liquid({ ...strict, outputEscape: 'escape' }).parseAndRender(htmlTemplate, view),
    new Liquid(strict).parseAndRender(textTemplate, view),
  ])
  return { html: String(html), text: String(text) }
}

const htmlSection = `<h2 id="{{ section.id }}">{{ section.heading }}</h2>
<table aria-labelledby="{{ section.id }}">
{%- for row in section.rows %}
<tr><th scope="row">{{ row.label }}</th><td>{{ row.value }}</td></tr>
{%- endfor %}
</table>`

// It sets no colors, so that it can be read in light and in dark mode.
const htmlTemplate = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>{{ subject }}</title>
<style>
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 40em; margin: 0 auto; padding: 1em; }
h1 { font-size: 1.3em; }
h2 { font-size: 1.1em; margin: 1.5em 0 0.3em; }
th, td { text-align: left; vertical-align: top; padding: 0.2em 1em 0.2em 0; }
td { overflow-wrap: anywhere; }
th { font-weight: 600; white-space: nowrap; }
blockquote { margin: 0.5em 0; padding-left: 1em; border-left: 3px solid; }
</style>
</head>
<body>
<h1>{{ heading }}</h1>
{%- if testNotice != '' %}
<p><strong>{{ testNotice }}</strong></p>
{%- endif %}
{%- for paragraph in paragraphs %}
<p>{{ paragraph }}</p>
{%- endfor %}
{%- for link in links %}
<p><a href="{{ link.url }}">{{ link.label }}</a></p>
{%- endfor %}
{%- for paragraph in closing %}
<p>{{ paragraph }}</p>
{%- endfor %}
{%- for section in sections %}
${htmlSection}
{%- endfor %}
{%- if quote.heading != '' %}
<h2>{{ quote.heading }}</h2>
<blockquote>
{%- for line in quote.lines %}
<p>{{ line }}</p>
{%- endfor %}
</blockquote>
{%- endif %}
{%- for section in closingSections %}
${htmlSection}
{%- endfor %}
{%- if footer != '' %}
<p>{{ footer }}</p>
{%- endif %}
</body>
</html>
`

const textSection = `

{{ section.heading | upcase }}
{%- for row in section.rows %}
{{ row.label }}: {{ row.value }}
{%- endfor %}`

const textTemplate = `{{ heading }}
{%- if testNotice != '' %}

{{ testNotice | upcase }}
{%- endif %}
{%- for paragraph in paragraphs %}

{{ paragraph }}
{%- endfor %}
{%- for link in links %}

{{ link.label }}:
{{ link.url }}
{%- endfor %}
{%- for paragraph in closing %}

{{ paragraph }}
{%- endfor %}
{%- for section in sections %}${textSection}
{%- endfor %}
{%- if quote.heading != '' %}

{{ quote.heading | upcase }}
{%- for line in quote.lines %}
> {{ line }}
{%- endfor %}
{%- endif %}
{%- for section in closingSections %}${textSection}
{%- endfor %}
{%- if footer != '' %}

{{ footer }}
{%- endif %}
`
