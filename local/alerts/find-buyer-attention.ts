import type { AttentionFinding } from '#shared/domain/reporting/attention.ts'
import {
  type BuyerCode,
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
      detail: details[condition.code],
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

const capDetail = 'If the school bought no more than this, no action is needed. Otherwise, ask whether it wants more.'
const details: { [code in BuyerCode]: string } = {
  'endpoint-failing': 'Deliveries are on hold and will be retried. Ask the school to check its webhook.',
  'mailbox-closed': 'Ask the school for a new address, and save it in the campaign.',
  'leads-stopped': 'Use Explain routing to see why. If the school wants no leads, pause it.',
  'cap-almost-used': capDetail,
  'cap-used': capDetail,
  'credit-almost-used': 'Ask the school to pay, and record the payment.',
  'credit-used': 'The school gets no leads. Ask it to pay, and record the payment.',
}
