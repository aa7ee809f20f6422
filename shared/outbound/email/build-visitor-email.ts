import type { VisitorMessageKind } from '../../domain/aftercare/visitor-message.ts'
import { toOneLine } from '../../format/to-one-line.ts'
import type { EmailMessage } from './mail.ts'
import { visitorEmailText } from './visitor-email-text.ts'

/** `withdrawalUrl`: the page that stops contact, where mail programs unsubscribe by one click too (RFC 8058). */
type VisitorEmail = {
  to: string
  leadId: string
  kind: VisitorMessageKind
  withdrawalUrl: string
  schools: readonly string[]
}

/** An email to the visitor of a lead: in HTML and plain text, with the names of the schools and one link. */
export async function buildVisitorEmail({
  to,
  leadId,
  kind,
  withdrawalUrl,
  schools,
}: VisitorEmail): Promise<EmailMessage> {
  const { Liquid } = await import('liquidjs')
  const strict = { strictVariables: true, strictFilters: true }
  const { subject, ...text } = visitorEmailText[kind]
  const view = {
    ...text,
    subject,
    url: withdrawalUrl,
    schools: schools.map(toOneLine),
    footer: visitorEmailText.footer,
  }
  const [html, plain]: unknown[] = await Promise.all([
    new Liquid({ ...strict, outputEscape: 'escape' }).parseAndRender(htmlTemplate, view),
    new Liquid(strict).parseAndRender(textTemplate, view),
  ])
  return {
    to,
    subject,
    html: String(html),
    text: String(plain),
    headers: {
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'OOF, AutoReply',
      'List-Unsubscribe': `<${withdrawalUrl}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    },
    // A bounce of it belongs to no delivery.
    tags: { deliveryId: leadId },
  }
}

// It sets few colors, so that it can be read in light and in dark mode.
const htmlTemplate = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{{ subject }}</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 36em; margin: 0 auto; padding: 1em; }
h1 { font-size: 1.3em; }
a.button { display: inline-block; padding: 0.6em 1em; border: 2px solid; border-radius: 0.4em; font-weight: 600; }
small { display: block; margin-top: 2em; }
</style>
</head>
<body>
<h1>{{ heading }}</h1>
{%- for paragraph in paragraphs %}
<p>{{ paragraph }}</p>
{%- endfor %}
{%- if schools.size > 0 %}
<ul>
{%- for school in schools %}
<li>{{ school }}</li>
{%- endfor %}
</ul>
{%- endif %}
<p><a class="button" href="{{ url }}">{{ link }}</a></p>
{%- for paragraph in after %}
<p>{{ paragraph }}</p>
{%- endfor %}
<p><small>{{ footer }}</small></p>
</body>
</html>
`
const textTemplate = `{{ heading }}

{% for paragraph in paragraphs %}{{ paragraph }}

{% endfor %}{% for school in schools %}- {{ school }}
{% endfor %}
{{ link }}:
{{ url }}

{% for paragraph in after %}{{ paragraph }}

{% endfor %}{{ footer }}
`
