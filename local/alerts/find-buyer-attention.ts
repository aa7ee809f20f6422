import type { AttentionFinding } from '#shared/domain/reporting/attention.ts'
import { type BuyerCode, buyerAdvice } from '#shared/domain/reporting/buyer-advice.ts'
import {
  type BuyerCondition,
  type BuyerConditionDependencies,
  findBuyerConditions,
} from '#shared/workflows/reporting/find-buyer-conditions.ts'

/** What needs attention at schools and campaigns. */
export async function findBuyerAttention(deps: BuyerConditionDependencies): Promise<AttentionFinding[]> {
  const { conditions } = await findBuyerConditions(deps)
  return conditions.filter(isShown).map(
    (condition): AttentionFinding => ({
      code: condition.code,
      subject: condition.subject.id,
      ...(condition.since !== undefined && { since: condition.since }),
      reason: formatReason(condition),
      detail: buyerAdvice[condition.code],
    }),
  )
}

/** Of the caps of a campaign the fullest, which is the first. Those of a whole school are on its page. */
function isShown({ code, subject }: BuyerCondition, index: number, all: readonly BuyerCondition[]): boolean {
  if (!isCap(code)) return true
  const isFirst = all.findIndex((one) => isCap(one.code) && one.subject.id === subject.id) === index
  return subject.kind === 'campaigns' && isFirst
}

function isCap(code: BuyerCode): boolean {
  return code === 'cap-used' || code === 'cap-almost-used'
}

function formatReason({ code, figures }: BuyerCondition): string {
  if (code === 'endpoint-failing') return `${figures.failures} failures in a row`
  if (code === 'mailbox-closed') return `${figures.kind}: ${figures.why}`
  if (code === 'leads-stopped') return `none since ${figures.lastAt}`
  if (isCap(code)) return `${figures.period}: ${figures.used} of ${figures.limit} ${figures.unit}`
  return `${figures.usedCents} of ${figures.limitCents} cents`
}
