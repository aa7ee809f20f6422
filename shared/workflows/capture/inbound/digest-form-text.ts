import type { InboundForm } from '../../../domain/capture/inbound/inbound-terms.ts'
import { sha256 } from '../../../platform/digests.ts'

/** Tells whether the text of a form, or the schools that it names, changed since a lead came. */
export function digestFormText({ consentText, schoolsNamed }: InboundForm): string {
  return sha256(JSON.stringify([consentText, schoolsNamed]))
}
