import type { Question } from '../../shared/domain/catalog/question.ts'
import { type Field, questionField } from './field.ts'

type School = { schoolId: string; name: string; programId: string }
type Form = { programId: string; questions: readonly Question[] }

/** What the programs of a match ask, each question once, in the order of the match. */
export function questionsOf(schools: readonly School[], forms: readonly Form[]): Field[] {
  const asked = new Map<string, { question: Question; by: Set<string> }>()
  for (const { programId, name } of schools) {
    const form = forms.find((one) => one.programId === programId)
    for (const question of form?.questions ?? []) {
      const before = asked.get(question.id)
      if (before) before.by.add(name)
      else asked.set(question.id, { question, by: new Set([name]) })
    }
  }
  return [...asked.values()].map(({ question, by }) => questionField(question, [...by]))
}
