import type * as z from 'zod'
import type { leadAttachment } from '#shared/domain/delivery/email-endpoint.ts'
import type { LeadCreated } from '#shared/domain/delivery/lead-created.ts'
import { requestShape } from '#shared/domain/delivery/request-shape.ts'
import { adf } from '#shared/domain/delivery/templates/adf.ts'
import { shapeRequest } from '../shape/shape-request.ts'
import type { EmailAttachment } from './mail.ts'

/** The lead as a file. The same lead gives the same bytes. */
export async function buildLeadAttachment(
  event: LeadCreated,
  format: z.output<typeof leadAttachment>,
): Promise<EmailAttachment> {
  const { deliveryId } = event.data
  if (format === 'csv') {
    const { toSchoolLeadCsv } = await import('../../format/to-school-lead-csv.ts')
    const content = toSchoolLeadCsv([event])
    return { filename: `${deliveryId}.csv`, contentType: 'text/csv; charset=utf-8', content }
  }
  const { body } = await shapeRequest(event, adfShape(), { headerSecrets: {}, body: '' })
  return { filename: `${deliveryId}.xml`, contentType: 'application/xml; charset=utf-8', content: body }
}

/** The shape of the endpoint template for ADF, with the school as the vendor. */
function adfShape() {
  const endpoint = adf.build({ vendor: '{{ school.name }}' })
  return requestShape.parse(endpoint.kind === 'webhook' ? endpoint.request : undefined)
}
