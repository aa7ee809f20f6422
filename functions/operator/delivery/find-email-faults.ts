import type { FieldError } from '#shared/contract/problems.ts'
import type { EmailEndpoint } from '#shared/domain/delivery/email-endpoint.ts'
import { findTemplateFaults } from '#shared/outbound/shape/find-shape-faults.ts'
import { listTemplateVariables } from '#shared/outbound/shape/list-template-variables.ts'

/** What the campaign lets its school have. */
type SentFields = { sendIpAndUserAgent: boolean }

/** Returns the faults of the templates of an email: what cannot be rendered, and fields that the campaign does not send. */
export async function findEmailFaults(
  { subject, text }: EmailEndpoint,
  { sendIpAndUserAgent }: SentFields,
): Promise<FieldError[]> {
  const faults: FieldError[] = []
  for (const [name, template] of Object.entries({ subject, text })) {
    if (template === undefined) continue
    faults.push(...(await findTemplateFaults(name, template)))
    const unsent = sendIpAndUserAgent ? undefined : (await listTemplateVariables(template)).find(isOfBrowser)
    if (unsent)
      faults.push({
        pointer: `/${name}`,
        code: 'not_sent',
        detail: `uses ${unsent.join('.')}, which the campaign does not send: set \`sendIpAndUserAgent\``,
      })
  }
  return faults
}

function isOfBrowser([root, name]: readonly string[]): boolean {
  return root === 'consent' && (name === 'ip' || name === 'userAgent')
}
