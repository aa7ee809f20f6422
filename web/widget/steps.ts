import type { Field } from '../form/field.ts'
import { consentField, contactFields, lastFields, type Match, matchFields, schoolsField } from '../form/fields.ts'
import type { Values } from '../form/read-fields.ts'
import { trapField } from '../form/requests.ts'
import { element } from '../parts/element.ts'
import { consentParts, fieldList, trapParts } from '../parts/form-parts.ts'
import { formWords } from '../words/form-words.ts'
import type { Step } from './show-step.ts'

type Moves = { send: Step['send']; back: () => void }

/** Nothing here says who the visitor is. */
export function visitorStep(values: Values, send: Step['send']): Step {
  return fieldStep(matchFields, { ...formWords.visitor, values, send })
}

export function questionStep(fields: readonly Field[], values: Values, moves: Moves): Step {
  return fieldStep(fields, { ...formWords.questions, values, ...moves })
}

/** The last step: who they are, which schools may know, and the exact text that they agree to, which nothing has ticked. */
export function contactStep(match: Match, values: Values, moves: Moves): Step {
  const schools = schoolsField(match.schools)
  return {
    ...formWords.contact,
    ...moves,
    fields: lastFields(match),
    values: { ...values, [schools.pointer]: match.schools.map(({ schoolId }) => schoolId), [consentField.pointer]: [] },
    draw: (filled) => [
      element('div', { class: 'pair' }, fieldList(contactFields, filled)),
      fieldList([schools], filled),
      consentParts(match.disclosure, fieldList([consentField], filled)),
      trapParts(trapField),
    ],
  }
}

function fieldStep(fields: readonly Field[], rest: Omit<Step, 'fields' | 'draw'>): Step {
  return { ...rest, fields, draw: (filled) => fieldList(fields, filled) }
}
