/** Everything but markup is escaped by the engine. No colours of its own: it is read in light and in dark. */
export const htmlTemplate = `<!doctype html>
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
th, td { text-align: left; vertical-align: top; padding: 0.2em 1em 0.2em 0; overflow-wrap: anywhere; }
th { font-weight: 600; }
blockquote { margin: 0.5em 0; padding-left: 1em; border-left: 3px solid; }
</style>
</head>
<body>
<h1>New enquiry for {{ school }}</h1>
{%- if isTest %}
<p><strong>This is a test. The person does not exist; do not call or charge anybody.</strong></p>
{%- endif %}
{%- if canReply %}
<p>Reply to this message to write to the person.</p>
{%- endif %}
<p>The same delivery id may reach you more than once. It is the same enquiry each time, so keep one record for
{{ deliveryId }}.</p>
{%- for section in sections %}
<h2 id="section-{{ forloop.index }}">{{ section.heading }}</h2>
<table aria-labelledby="section-{{ forloop.index }}">
{%- for row in section.rows %}
<tr><th scope="row">{{ row.label }}</th><td>{{ row.value }}</td></tr>
{%- endfor %}
</table>
{%- endfor %}
<h2>The text that the person agreed to</h2>
<blockquote>
{%- for line in consentLines %}
<p>{{ line }}</p>
{%- endfor %}
</blockquote>
</body>
</html>
`

export const textTemplate = `New enquiry for {{ school }}
{%- if isTest %}

THIS IS A TEST. The person does not exist; do not call or charge anybody.
{%- endif %}
{% if canReply %}
Reply to this message to write to the person.
{% endif %}
The same delivery id may reach you more than once. It is the same enquiry each
time, so keep one record for {{ deliveryId }}.
{%- for section in sections %}

{{ section.heading | upcase }}
{%- for row in section.rows %}
{{ row.label }}: {{ row.value }}
{%- endfor %}
{%- endfor %}

THE TEXT THAT THE PERSON AGREED TO
{%- for line in consentLines %}
> {{ line }}
{%- endfor %}
`
