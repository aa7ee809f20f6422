import { isPublishedReason, reasons } from '#shared/domain/routing/reasons.ts'
import { reasonTexts, verdictText } from '../text/routing-text.ts'

type ReasonExplanation = { description: string; fix: string }

/**
 * Describes a reason code, and how to fix it. A campaign's own rules may have codes of their own.
 * @param detail what the API says beyond the code; its default sentence for the code is replaced by ours
 */
export function explainReason(code: string, detail = ''): ReasonExplanation {
  if (!isPublishedReason(code))
    return { description: detail || verdictText.customReason(code), fix: reasonTexts.CUSTOM_RULE.fix }
  const { description, fix } = reasonTexts[code]
  const ownDetail = detail.startsWith(reasons[code]) ? detail.slice(reasons[code].length).trim() : detail
  return { description: [description, ownDetail].filter(Boolean).join(' '), fix }
}
