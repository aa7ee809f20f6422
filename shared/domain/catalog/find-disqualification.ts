import { createProfileReader, type LeadProfile } from '../capture/lead-profile.ts'
import { evaluateRule } from '../routing/rules.ts'
import { findAnswerFault, type Question } from './question.ts'

type ProgramQuestions = { questions: readonly Question[] }
type RoutingStage = { profile: LeadProfile; stage: 'match' | 'lead' }

/**
 * Returns why a visitor's answers do not qualify for a program, or undefined if they do. At the match stage unanswered
 * questions are ignored, because the visitor has not seen them yet.
 */
export function findDisqualification(
  { questions }: ProgramQuestions,
  { profile, stage }: RoutingStage,
): { reason: string; detail: string } | undefined {
  const answers = profile.answers ?? {}
  for (const question of questions) {
    const answer = Object.hasOwn(answers, question.id) ? answers[question.id] : undefined
    if (answer === undefined && stage === 'match') continue
    const fault = findAnswerFault(question, answer)
    if (fault) return { reason: 'QUESTION', detail: `“${question.label}” ${fault}.` }
    if (answer === undefined || !question.rules) continue
    const evaluation = evaluateRule(question.rules, createProfileReader(profile))
    if (!evaluation.holds) return { reason: evaluation.reason, detail: evaluation.detail }
  }
  return undefined
}
