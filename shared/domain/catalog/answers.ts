import { type Enquiry, readerOf } from '../capture/enquiry.ts'
import { judge } from '../routing/rules.ts'
import { faultOfAnswer, type Question } from './question.ts'

type Asked = { questions: readonly Question[] }
type When = { enquiry: Enquiry; stage: 'match' | 'lead' }

/**
 * Why a visitor's answers do not qualify for a program, or nothing where they do. In a match nothing has been asked yet:
 * only what was answered is judged.
 */
export function faultOfAnswers(
  { questions }: Asked,
  { enquiry, stage }: When,
): { reason: string; detail: string } | undefined {
  const answers = enquiry.answers ?? {}
  for (const question of questions) {
    const given = Object.hasOwn(answers, question.id) ? answers[question.id] : undefined
    if (given === undefined && stage === 'match') continue
    const fault = faultOfAnswer(question, given)
    if (fault) return { reason: 'QUESTION', detail: `“${question.label}” ${fault}.` }
    if (given === undefined || !question.rules) continue
    const judgement = judge(question.rules, readerOf(enquiry))
    if (!judgement.holds) return { reason: judgement.reason, detail: judgement.detail }
  }
  return undefined
}
