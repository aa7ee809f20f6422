import type {} from 'prospectus-client/react'
import { loadWidget } from 'prospectus-client/widget'

loadWidget('https://api.example')
document.addEventListener('lead:rejected', ({ detail }) => console.log(detail.code.length, detail.fields[0]?.length))

export const form = (
  <tuition-request-form id="form" career="health-record-technician" source-key="pk_1">
    <p>Loading</p>
  </tuition-request-form>
)
export const listing = <school-listing career="health-record-technician" state="TX" level="diploma" page-size={5} />

// What the types refuse: the element below each line must be an error.
// @ts-expect-error the source key is missing
export const withoutKey = <tuition-request-form career="health-record-technician" />
// @ts-expect-error attributes are in kebab-case
export const inCamelCase = <tuition-request-form career="health-record-technician" sourceKey="pk_1" />
// @ts-expect-error no such state
export const inNoState = <school-listing career="health-record-technician" state="Texas" />
// @ts-expect-error no such element
export const unknown = <school-list career="health-record-technician" />
// @ts-expect-error no such event detail
document.addEventListener('lead:accepted', ({ detail }) => console.log(detail.email))
