import { recordKinds, records } from '#shared/contract/catalog/records.ts'
import type { Answers } from './examples.ts'
import { at, lastPage } from './people.ts'

const sourceKey = { key: 'pk_4fJ0q2mXbW7cT1nZ8yKd5A' }
const secret = { secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' }

/** Each record is what the example of its request writes, with what the house adds. */
export const recordAnswers: Answers = Object.fromEntries(
  recordKinds.flatMap((kind) => {
    const { put, get, list } = records[kind]
    const kept = (version: number) => ({
      ...object(put.body.parse(put.example.body)),
      ...(kind === 'sources' && sourceKey),
      ...put.example.params,
      version,
      updatedAt: at,
    })
    return [
      [put.name, { 200: kept(2), 201: { ...kept(1), ...(kind === 'campaigns' && secret) } }],
      [get.name, { 200: kept(2) }],
      [list.name, { 200: { records: [kept(2)], page: lastPage } }],
    ]
  }),
)

function object(value: object): object {
  return value
}
