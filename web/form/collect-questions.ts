import type { Question } from '../../shared/domain/catalog/question.ts'
import { type FormField, toFormField } from './form-field.ts'

type School = { schoolId: string; name: string; programId: string }
type Form = { programId: string; questions: readonly Question[] }

/**
 * The questions of all programs of a match, each question once, in the order of the match. An answer that suits one program
 * suits all, because the catalog takes no others; a question that one program requires is required.
 */
export function collectQuestions(schools: readonly School[], forms: readonly Form[]): FormField[] {
  const byQuestionId = new Map<string, { question: Question; schoolNames: Set<string> }>()
  for (const { programId, name } of schools) {
    const form = forms.find((candidate) => candidate.programId === programId)
    for (const question of form?.questions ?? []) {
      const { question: first = question, schoolNames = [] } = byQuestionId.get(question.id) ?? {}
      const required = first.required || question.required
      byQuestionId.set(question.id, { question: { ...first, required }, schoolNames: new Set([...schoolNames, name]) })
    }
  }
  return [...byQuestionId.values()].map(({ question, schoolNames }) => toFormField(question, [...schoolNames]))
}

/** The schools that do not take a request without an answer to the question of a field. */
export function listAskingSchools<Asking extends School>(
  schools: readonly Asking[],
  forms: readonly Form[],
  pointer: string,
): Asking[] {
  const programIds = forms.flatMap(({ programId, questions }) =>
    questions.some(({ id, required }) => required && pointer === `/answers/${id}`) ? [programId] : [],
  )
  return schools.filter(({ programId }) => programIds.includes(programId))
}
