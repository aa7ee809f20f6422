import type {} from 'prospectus-client/vue'
import type { GlobalComponents } from 'vue'

// What vue-tsc compares the attributes of a template with.
type Properties<Component> = Component extends abstract new (...args: never) => { $props: infer Props } ? Props : never
type Form = Properties<GlobalComponents['tuition-request-form']>
type Listing = Properties<GlobalComponents['school-listing']>

export const form: Form = {
  id: 'form',
  career: 'health-record-technician',
  sourceKey: 'pk_1',
  'onLead:accepted': ({ detail }) => console.log(detail.leadId.length),
}
export const listing: Listing = { career: 'health-record-technician', state: 'TX', level: 'diploma', pageSize: '5' }

// @ts-expect-error the source key is missing
export const withoutKey: Form = { career: 'health-record-technician' }
// @ts-expect-error no such state
export const inNoState: Listing = { career: 'health-record-technician', state: 'Texas' }
