import { createHash } from 'node:crypto'
import { honeypotField } from '../form/build-requests.ts'
import { renderConsentText } from '../form/consent-text.ts'
import {
  consentField,
  contactFields,
  createSchoolsField,
  getContactStepFields,
  getVisitorFields,
  isAboutAge,
  type Match,
  matchFields,
  schoolsPointer,
} from '../form/fields.ts'
import type { FormField } from '../form/form-field.ts'
import { getFormValues } from '../form/read-fields.ts'
import { element, type MarkupNode } from '../parts/element.ts'
import { type FormState, renderConsent, renderErrorSummary, renderFields, renderHoneypot } from '../parts/form-parts.ts'
import { landingText } from '../words/landing.ts'
import { formText, stepText } from '../words/visitor.ts'
import { buildLink, getCareerPath, type Site } from './landing-request.ts'

type Form = FormState & {
  slug: string
  program: string | undefined
  messages: readonly string[]
  site: Site
}

/** The first step inside the widget's element: the widget replaces it, and without JavaScript it is the form. */
export function renderVisitorForm(form: Form): MarkupNode {
  const { slug, program, values, faults, messages, site } = form
  const asksAge = isAboutAge([...faults.map(({ pointer }) => pointer), ...Object.keys(values)])
  return element(
    'tuition-request-form',
    { career: slug, 'source-key': site.sourceKey, program },
    element(
      'form',
      { method: 'post', action: `${getCareerPath(slug)}/request`, novalidate: true, 'aria-labelledby': 'form-title' },
      renderHeading(stepText.visitor),
      renderErrorSummary(matchFields, faults, messages),
      renderHidden('step', 'find'),
      renderLabels(site),
      program !== undefined && renderHidden('program', program),
      renderFields(getVisitorFields(asksAge), { values, faults }),
      element('div', { class: 'actions' }, element('button', { class: 'button' }, stepText.visitor.submit)),
    ),
  )
}

/**
 * The second step without JavaScript: the schools' questions, contact details, and the consent text for the checked
 * schools. `named` are the schools in that text: if others are checked when the form comes back, the text is shown again.
 */
export function renderContactForm({
  match,
  questions,
  key,
  ...form
}: Form & { match: Match; questions: readonly FormField[]; key: string }): MarkupNode {
  const { slug, program, values, faults, messages, site } = form
  const formState = { values, faults }
  const namedIds = getFormValues(values, schoolsPointer)
  const consentText = renderConsentText(match, namedIds)
  // The first token records when the form was shown.
  const [token = match.formToken] = getFormValues(values, 'formToken')
  return element(
    'form',
    {
      class: 'card',
      method: 'post',
      action: `${getCareerPath(slug)}/request`,
      novalidate: true,
      'aria-labelledby': 'form-title',
    },
    renderHeading(stepText.contact),
    renderErrorSummary([...questions, ...getContactStepFields(match)], faults, messages),
    renderHidden('step', 'send'),
    renderLabels(site),
    renderHidden('key', key),
    renderHidden('matchId', match.matchId),
    renderHidden('sha256', consentText === undefined ? '' : createHash('sha256').update(consentText).digest('hex')),
    renderHidden('named', namedIds.join(' ')),
    renderHidden('shown', match.schools.map(({ schoolId }) => schoolId).join(' ')),
    token !== undefined && renderHidden('formToken', token),
    program !== undefined && renderHidden('program', program),
    match.schools.map(({ schoolId, programId }) => renderHidden('asks', `${schoolId} ${programId}`)),
    matchFields.map(({ pointer }) => getFormValues(values, pointer).map((value) => renderHidden(pointer, value))),
    renderFields([createSchoolsField(match.schools)], formState),
    questions.length > 0 && [
      element('h3', {}, stepText.questions.title),
      element('p', { class: 'help' }, landingText.agreement.skipQuestions),
      renderFields(questions, formState),
    ],
    element('div', { class: 'pair' }, renderFields(contactFields, formState)),
    renderConsent(consentText, renderFields([consentField], formState)),
    renderHoneypot(honeypotField),
    element(
      'div',
      { class: 'actions' },
      element('button', { class: 'button' }, stepText.contact.submit),
      ' ',
      element('button', { class: 'plain', name: 'update', value: 'true' }, landingText.agreement.update),
      ' ',
      element('a', { href: buildLink(`${getCareerPath(slug)}/request`, site) }, formText.startOver),
    ),
  )
}

function renderHeading({ title, intro }: { title: string; intro: string }): MarkupNode {
  return [element('h2', { id: 'form-title' }, title), element('p', {}, intro)]
}

/** A button that looks for schools with the same answers, for all programs of the career. */
export function renderFindForm(
  { slug, values, site }: Pick<Form, 'slug' | 'values' | 'site'>,
  label: string,
): MarkupNode {
  return element(
    'form',
    { method: 'post', action: `${getCareerPath(slug)}/request` },
    renderHidden('step', 'find'),
    renderLabels(site),
    matchFields.map(({ pointer }) => getFormValues(values, pointer).map((value) => renderHidden(pointer, value))),
    element('button', { class: 'button' }, label),
  )
}

/** The form is posted to a page without the labels of this one. */
function renderLabels({ labels }: Site): MarkupNode {
  return [...labels].map(([name, value]) => renderHidden(name, value))
}

function renderHidden(name: string, value: string): MarkupNode {
  return element('input', { type: 'hidden', name, value })
}
