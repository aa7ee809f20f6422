import { type Html, html } from '#shared/contract/docs/html.ts'
import type { Field } from '../form/field.ts'
import { consentField, contactFields, lastFields, type Match, matchFields, schoolsField } from '../form/fields.ts'
import { valuesAt } from '../form/read-fields.ts'
import { trapField } from '../form/requests.ts'
import { consentParts, errorSummary, type Filled, fieldList, trapParts } from '../parts/form-parts.ts'
import { formWords } from '../words/form-words.ts'
import { careerPath, type Site } from './landing-request.ts'
import { toHtml } from './to-html.ts'

type Form = Filled & { slug: string; program: string | undefined; messages: readonly string[] }

/** The first step, within the widget: with script the widget takes its place, without it this is the form. */
export function visitorForm({ site, ...form }: Form & { site: Site }): Html {
  const { slug, program, values, faults, messages } = form
  return html`<tuition-request-form career="${slug}" source-key="${site.sourceKey}"${program !== undefined && html` program="${program}"`}>
<form method="post" action="${careerPath(slug)}/request" novalidate aria-labelledby="form-title">
${heading(formWords.visitor)}
${toHtml(errorSummary(matchFields, faults, messages))}
<input type="hidden" name="step" value="find">
${program !== undefined && hidden('program', program)}
${fieldList(matchFields, { values, faults }).map(toHtml)}
<div class="actions"><button class="button">${formWords.visitor.submit}</button></div>
</form>
</tuition-request-form>`
}

/** The second step, without script: the schools' questions, the contact, and the exact text that is agreed to. */
export function contactForm({
  match,
  questions,
  key,
  ...form
}: Form & { match: Match; questions: readonly Field[]; key: string }): Html {
  const { slug, program, values, faults, messages } = form
  const filled = { values, faults }
  // The first one tells how long ago the form was shown.
  const [token = match.formToken] = valuesAt(values, 'formToken')
  const known = matchFields.flatMap(({ pointer }) => valuesAt(values, pointer).map((value) => hidden(pointer, value)))
  return html`<form class="card" method="post" action="${careerPath(slug)}/request" novalidate aria-labelledby="form-title">
${heading(formWords.contact)}
${toHtml(errorSummary([...questions, ...lastFields(match)], faults, messages))}
<input type="hidden" name="step" value="send">
${hidden('key', key)}${hidden('matchId', match.matchId)}${hidden('sha256', match.disclosure.sha256)}${token !== undefined && hidden('formToken', token)}
${program !== undefined && hidden('program', program)}
${match.schools.map(({ programId }) => hidden('asks', programId))}
${known}
${questions.length > 0 && html`<h3>${formWords.questions.title}</h3><p class="help">${formWords.questions.intro}</p>${fieldList(questions, filled).map(toHtml)}`}
<div class="pair">${fieldList(contactFields, filled).map(toHtml)}</div>
${fieldList([schoolsField(match.schools)], filled).map(toHtml)}
${toHtml(consentParts(match.disclosure, fieldList([consentField], filled)))}
${toHtml(trapParts(trapField))}
<div class="actions"><button class="button">${formWords.contact.submit}</button> <a href="${careerPath(slug)}/request">Start again</a></div>
</form>`
}

function heading({ title, intro }: { title: string; intro: string }): Html {
  return html`<h2 id="form-title">${title}</h2>
<p>${intro}</p>`
}

function hidden(name: string, value: string): Html {
  return html`<input type="hidden" name="${name}" value="${value}">`
}
