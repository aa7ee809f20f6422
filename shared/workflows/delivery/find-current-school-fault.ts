import { school } from '../../domain/catalog/school.ts'
import { type BindingFault, findSchoolFault } from '../../domain/delivery/binding.ts'
import { parseSchoolEvent } from '../../domain/delivery/school-event.ts'
import type { Dependencies } from '../../platform/dependencies.ts'
import type { StoredDelivery } from '../../store/delivery/delivery-row.ts'

/** Returns why a delivery may not go to its school now, or undefined if it may: before it is resent or opened. */
export async function findCurrentSchoolFault(
  delivery: StoredDelivery,
  { records }: Pick<Dependencies, 'records'>,
): Promise<BindingFault | undefined> {
  const record = await records.get('schools', delivery.schoolId)
  const event = parseSchoolEvent(delivery.body)
  const consent = event.type === 'lead.created' ? event.data.consent : undefined
  const current = record && { ...school.parse(record.body), generation: record.generation }
  return findSchoolFault(delivery, consent, current)
}

export const schoolFaultDetails: { [Fault in BindingFault]: string } = {
  'school-removed': 'The school that the person agreed to was deleted.',
  'legal-name-changed':
    'The legal name of the school has changed, and the person agreed to the earlier one. It can be sent only under that name.',
  'campaign-removed': 'The campaign was deleted.',
  'campaign-moved': 'The campaign belongs to another school.',
}
