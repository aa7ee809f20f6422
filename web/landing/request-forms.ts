import { type Html, html } from '#shared/contract/docs/html.ts'
import { honeypotField } from '../form/build-requests.ts'
import {
  consentField,
  contactFields,
  createSchoolsField,
  getContactStepFields,
  type Match,
  matchFields,
} from '../form/fields.ts'
import type { FormField } from '../form/form-field.ts'
import { getFormValues } from '../form/read-fields.ts'
import { type FormState, renderConsent, renderErrorSummary, renderFields, renderHoneypot } from '../parts/form-parts.ts'
import { formLabels } from '../words/form-labels.ts'
import { getCareerPath, type Site } from './landing-request.ts'
import { toHtml } from './to-html.ts'

type Form = FormState & { slug: string; program: string | undefined; messages: readonly string[] }

/** The first step, within the widget: with script the widget takes its place, without it this is the form. */
export function renderVisitorForm({ site, ...form }: Form & { site: Site }): Html {
  const { slug, program, values, faults, messages } = form
  return html`<tuition-request-form career="${slug}" source-key="${site.sourceKey}"${program !== undefined && html` program="${program}"`}>
<form method="post" action="${getCareerPath(slug)}/request" novalidate aria-labelledby="form-title">
${renderHeading(formLabels.visitor)}
${toHtml(renderErrorSummary(matchFields, faults, messages))}
<input type="hidden" name="step" value="find">
${program !== undefined && renderHidden('program', program)}
${renderFields(matchFields, { values, faults }).map(toHtml)}
<div class="actions"><button class="button">${formLabels.visitor.submit}</button></div>
</form>
</tuition-request-form>`
}

/** The second step, without script: the schools' questions, the contact, and the exact text that is agreed to. */
export function renderContactForm({
  match,
  questions,
  key,
  ...form
}: Form & { match: Match; questions: readonly FormField[]; key: string }): Html {
  const { slug, program, values, faults, messages } = form
  const formState = { values, faults }
  // The first one tells how long ago the form was shown.
  const [token = match.formToken] = getFormValues(values, 'formToken')
  const hiddenMatchFields = matchFields.flatMap(({ pointer }) =>
    getFormValues(values, pointer).map((value) => renderHidden(pointer, value)),
  )
  return html`<form class="card" method="post" action="${getCareerPath(slug)}/request" novalidate aria-labelledby="form-title">
${renderHeading(formLabels.contact)}
${toHtml(renderErrorSummary([...questions, ...getContactStepFields(match)], faults, messages))}
<input type="hidden" name="step" value="send">
${renderHidden('key', key)}${renderHidden('matchId', match.matchId)}${renderHidden('sha256', match.disclosure.sha256)}${token !== undefined && renderHidden('formToken', token)}
${program !== undefined && renderHidden('program', program)}
${match.schools.map(({ programId }) => renderHidden('asks', programId))}
${hiddenMatchFields}
${questions.length > 0 && html`<h3>${formLabels.questions.title}</h3><p class="help">${formLabels.questions.intro}</p>${renderFields(questions, formState).map(toHtml)}`}
<div class="pair">${renderFields(contactFields, formState).map(toHtml)}</div>
${renderFields([createSchoolsField(match.schools)], formState).map(toHtml)}
${toHtml(renderConsent(match.disclosure, renderFields([consentField], formState)))}
${toHtml(renderHoneypot(honeypotField))}
<div class="actions"><button class="button">${formLabels.contact.submit}</button> <a href="${getCareerPath(slug)}/request">Start again</a></div>
</form>`
}

function renderHeading({ title, intro }: { title: string; intro: string }): Html {
  return html`<h2 id="form-title">${title}</h2>
<p>${intro}</p>`
}

function renderHidden(name: string, value: string): Html {
  return html`<input type="hidden" name="${name}" value="${value}">`
}
