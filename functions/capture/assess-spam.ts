import { createTokenMarker } from '#shared/domain/capture/form-token.ts'
import type { Source } from '#shared/domain/capture/source.ts'
import {
  type AbuseVerdict,
  type SubmissionSignals,
  scoreSubmission,
  spamRules,
} from '#shared/domain/capture/spam-rules.ts'
import type { DedupeMarker } from '#shared/domain/routing/duplicates.ts'

/** `guards`: what the lead's transaction holds against a second lead with the same form token. */
export type SpamAssessment = {
  abuse: AbuseVerdict | undefined
  action: 'route' | 'quarantine'
  tokenMarkers: readonly DedupeMarker[]
}

/** What is thought of a lead, and what its source wants done about it. */
export function assessSpam(
  { abuse: policy }: Pick<Source, 'abuse'>,
  submissionSignals: SubmissionSignals | undefined,
  rules = spamRules,
): SpamAssessment {
  if (!submissionSignals) return { abuse: undefined, action: 'route', tokenMarkers: [] }
  const abuse = scoreSubmission(submissionSignals, rules)
  return {
    abuse,
    action: abuse.verdict === 'suspicious' && policy === 'enforce' ? 'quarantine' : 'route',
    tokenMarkers:
      submissionSignals.formToken.status === 'live' ? [createTokenMarker(submissionSignals.formToken.id)] : [],
  }
}
