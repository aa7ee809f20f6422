import type { Question } from '../../shared/domain/catalog/question.ts'
import { type FormField, toFormField } from './form-field.ts'

type School = { schoolId: string; name: string; programId: string }
type Form = { programId: string; questions: readonly Question[] }

/** The questions of all programs of a match, each question once, in the order of the match. */
export function collectQuestions(schools: readonly School[], forms: readonly Form[]): FormField[] {
  const byQuestionId = new Map<string, { question: Question; schoolNames: Set<string> }>()
  for (const { programId, name } of schools) {
    const form = forms.find((candidate) => candidate.programId === programId)
    for (const question of form?.questions ?? []) {
      const existing = byQuestionId.get(question.id)
      if (existing) existing.schoolNames.add(name)
      else byQuestionId.set(question.id, { question, schoolNames: new Set([name]) })
    }
  }
  return [...byQuestionId.values()].map(({ question, schoolNames }) => toFormField(question, [...schoolNames]))
}
