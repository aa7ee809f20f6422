import { inject } from 'vitest'
import { describeUnless } from '../../../describe-unless.ts'
import { engineContract } from './contract.ts'
import { openDynamodb, openMaps, openSignedReads, openSqlite, openSqliteOnDisk } from './open-engines.ts'

const { endpoint, missing } = inject('dynamodbLocal')

engineContract('SQLite in memory', () => openSqlite())
engineContract('maps', openMaps)
engineContract('SQLite that remembers', () => openSqlite({ remembered: ['things', 'others'] }))
engineContract('SQLite on disk', openSqliteOnDisk)
describeUnless(missing, 'DynamoDB engine contract', () => engineContract('DynamoDB', () => openDynamodb(endpoint)))
describeUnless(missing, 'DynamoDB engine contract, with signed reads', () =>
  engineContract('DynamoDB with signed reads', () => openSignedReads(endpoint)),
)
