import { recordKinds, records } from '#shared/contract/catalog/records.ts'
import type { OperationExamples } from './operation-examples.ts'
import { at, lastPage } from './people.ts'

const sourceKey = { key: 'pk_4fJ0q2mXbW7cT1nZ8yKd5A' }
const secret = { secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' }

const importExample: OperationExamples = {
  importRecords: { 200: { rows: [{ id: 'tall-grass-college', outcome: 'created', version: 1 }], pendingPages: 0 } },
}

/** Each stored record is the example of its request plus the fields that the service adds. */
export const recordExamples: OperationExamples = {
  ...importExample,
  ...Object.fromEntries(
    recordKinds.flatMap((kind) => {
      const { put, get, list } = records[kind]
      const toStoredRecord = (version: number) => ({
        ...asObject(put.body.parse(put.example.body)),
        ...(kind === 'sources' && sourceKey),
        ...put.example.params,
        version,
        updatedAt: at,
      })
      return [
        [put.name, { 200: toStoredRecord(2), 201: { ...toStoredRecord(1), ...(kind === 'campaigns' && secret) } }],
        [get.name, { 200: toStoredRecord(2) }],
        [list.name, { 200: { records: [toStoredRecord(2)], page: lastPage } }],
      ]
    }),
  ),
}

function asObject(value: object): object {
  return value
}
