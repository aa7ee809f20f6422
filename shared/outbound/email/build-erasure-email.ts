import type { LeadErased } from '#shared/domain/aftercare/lead-erased.ts'
import { toOneLine } from '../../format/to-one-line.ts'
import type { EmailMessage } from './mail.ts'
import { renderEmail } from './render-email.ts'

/** What a school gets by e-mail when a person is to be forgotten. It names the enquiry by its ids, and nobody. */
export async function buildErasureEmail(
  { timestamp, data }: LeadErased,
  { to, deliveryId }: { to: string; deliveryId: string },
): Promise<EmailMessage> {
  const subject = toOneLine(`${data.test ? '[Test] ' : ''}Please erase an enquiry (${data.deliveryId})`)
  const view = {
    subject,
    isTest: data.test,
    school: toOneLine(data.school.name),
    asked: timestamp,
    enquiry: toOneLine(data.deliveryId),
    lead: toOneLine(data.leadId),
    reference: data.reference === undefined ? '' : toOneLine(data.reference),
  }
  const parts = await renderEmail({ html: htmlTemplate, text: textTemplate }, view)
  return {
    to,
    subject,
    ...parts,
    headers: { 'X-Prospectus-Delivery-Id': toOneLine(deliveryId), 'X-Prospectus-Lead-Id': toOneLine(data.leadId) },
    tags: { deliveryId: toOneLine(deliveryId) },
  }
}

const htmlTemplate = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{{ subject }}</title>
<style>
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 40em; margin: 0 auto; padding: 1em; }
h1 { font-size: 1.3em; }
th, td { text-align: left; vertical-align: top; padding: 0.2em 1em 0.2em 0; overflow-wrap: anywhere; }
</style>
</head>
<body>
<h1>{{ school }}: please erase an enquiry</h1>
{%- if isTest %}
<p><strong>This is a test: the person of this enquiry does not exist.</strong></p>
{%- endif %}
<p>The person who sent it asked to be forgotten. Erase what you keep of the enquiry and of the person, in every system
to which you passed it on, and do not contact the person about it any more. You can find it by these:</p>
<table>
<tr><th scope="row">Delivery id</th><td>{{ enquiry }}</td></tr>
<tr><th scope="row">Lead id</th><td>{{ lead }}</td></tr>
{%- if reference != '' %}
<tr><th scope="row">Your reference</th><td>{{ reference }}</td></tr>
{%- endif %}
<tr><th scope="row">Asked for</th><td>{{ asked }}</td></tr>
</table>
</body>
</html>
`

const textTemplate = `{{ school }}: please erase an enquiry
{%- if isTest %}

THIS IS A TEST: the person of this enquiry does not exist.
{%- endif %}

The person who sent it asked to be forgotten. Erase what you keep of the
enquiry and of the person, in every system to which you passed it on, and do
not contact the person about it any more. You can find it by these:

Delivery id: {{ enquiry }}
Lead id: {{ lead }}
{%- if reference != '' %}
Your reference: {{ reference }}
{%- endif %}
Asked for: {{ asked }}
`
