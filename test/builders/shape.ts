import type * as z from 'zod'
import type { LeadCreated } from '#shared/domain/delivery/lead-created.ts'
import { requestShape } from '#shared/domain/delivery/request-shape.ts'
import { fullSample } from '#shared/domain/delivery/sample-event.ts'
import { shapeRequest } from '#shared/outbound/shape/shape-request.ts'

export type ShapeGiven = z.input<typeof requestShape>
type Data = LeadCreated['data']

export function anEvent({
  contact,
  ...data
}: Partial<Omit<Data, 'contact'>> & { contact?: Partial<Data['contact']> } = {}) {
  return { ...fullSample, data: { ...fullSample.data, ...data, contact: { ...fullSample.data.contact, ...contact } } }
}

/** The request that a shape makes of an event, with one secret that is kept. */
export function shaped(shape: ShapeGiven, event: LeadCreated = fullSample) {
  const kept = { headerSecrets: { apiKey: 'k-1' }, body: JSON.stringify(event) }
  return shapeRequest(event, requestShape.parse(shape), kept)
}
