import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb'
import { checkWrites } from '../check-writes.ts'
import type { Engine } from '../engine.ts'
import { createDynamodbReads } from './dynamodb-reads.ts'
import type { DynamodbSettings } from './dynamodb-settings.ts'
import { singleWrite } from './dynamodb-single.ts'
import { runTransaction } from './dynamodb-transaction.ts'

/** The engine on AWS. A call that gets no response throws, because its outcome is unknown. */
export function createDynamodbEngine<Table extends string>(settings: DynamodbSettings<Table>): Engine<Table> {
  const { client, shapes } = settings
  const calls = {
    getItem: (input: ConstructorParameters<typeof GetCommand>[0]) => client.send(new GetCommand(input)),
    query: (input: ConstructorParameters<typeof QueryCommand>[0]) => client.send(new QueryCommand(input)),
  }
  return {
    prefersLoneWrites: true,
    billsBytes: true,

    ...createDynamodbReads({ ...settings, calls }),

    async transact(writes) {
      checkWrites(shapes, writes)
      const [only, ...others] = writes
      const outcome =
        only && others.length === 0 && singleWrite.canSend(only) ? await singleWrite.send(settings, only) : undefined
      return outcome === undefined || outcome === 'expired' ? runTransaction(settings, writes) : outcome
    },
  }
}
