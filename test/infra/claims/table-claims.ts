import { expect, it } from 'vitest'
import type { DeploymentStage } from '#infra/stage.ts'
import { tables } from '#shared/store/keys.ts'
import { findTable, type SynthesizedApp } from '../synthesize.ts'

/** What must hold of the tables, their key and the secret. */
export function tableClaims(built: () => SynthesizedApp, stage: DeploymentStage): void {
  it.each(Object.entries(tables))('%s has the indexes and projections of the key table', (name, { indexes }) => {
    const { GlobalSecondaryIndexes: deployed = [] } = findTable(built().storage, name)
    expect(deployed).toEqual(
      Object.entries(indexes).map(([IndexName, { pk, sk, projects }]) => ({
        IndexName,
        KeySchema: [
          { AttributeName: pk, KeyType: 'HASH' },
          { AttributeName: sk, KeyType: 'RANGE' },
        ],
        Projection:
          projects.length > 0
            ? { ProjectionType: 'INCLUDE', NonKeyAttributes: [...projects] }
            : { ProjectionType: 'KEYS_ONLY' },
      })),
    )
  })

  it('are on demand with point-in-time recovery, and leads expire and have a rotating key', () => {
    for (const each of built().storage.of('DynamoDB::Table')) {
      expect(each).toMatchObject({
        BillingMode: 'PAY_PER_REQUEST',
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      })
    }
    expect(findTable(built().storage, 'leads')).toMatchObject({
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: expect.anything() },
    })
    expect(built().storage.of('KMS::Key')).toMatchObject([{ EnableKeyRotation: true }])
  })

  it(`are ${stage.isProtected ? 'protected and outlive their stack' : 'gone with their stack'}`, () => {
    for (const each of built().storage.of('DynamoDB::Table'))
      expect(each.DeletionProtectionEnabled).toBe(stage.isProtected)
    const storedTypes = /^AWS::(DynamoDB::Table|KMS::Key|SecretsManager::Secret)$/
    for (const resource of Object.values(built().storage.resources).filter(({ Type }) => storedTypes.test(Type)))
      expect(resource.DeletionPolicy).toBe(stage.isProtected ? 'Retain' : 'Delete')
  })
}
