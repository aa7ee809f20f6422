import { AttributeType, BillingMode, ProjectionType, Table, type TableProps } from 'aws-cdk-lib/aws-dynamodb'
import type { Construct } from 'constructs'
import type { DeploymentStage } from '#infra/stage.ts'
import type { IndexShape, TableShape } from '#shared/store/engine/engine.ts'

type Props = Pick<TableProps, 'encryption' | 'encryptionKey' | 'timeToLiveAttribute'> & {
  shape: TableShape
  stage: DeploymentStage
}

/**
 * A table of the shape in `shared/store/keys.ts`: on demand, with point-in-time recovery of 35 days. Not TableV2,
 * which needs the region at synthesis if it has its own encryption key.
 */
export class ServiceTable extends Table {
  constructor(scope: Construct, id: string, { shape, stage, ...props }: Props) {
    super(scope, id, {
      partitionKey: toStringAttribute('pk'),
      sortKey: toStringAttribute('sk'),
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: stage.isProtected,
      removalPolicy: stage.removal,
      ...props,
    })
    for (const [indexName, index] of Object.entries(shape.indexes)) {
      const keys = { partitionKey: toStringAttribute(index.pk), sortKey: toStringAttribute(index.sk) }
      this.addGlobalSecondaryIndex({ indexName, ...keys, ...toProjection(index) })
    }
  }
}

const toStringAttribute = (name: string) => ({ name, type: AttributeType.STRING })

function toProjection({ projects }: IndexShape) {
  if (projects === 'all') return { projectionType: ProjectionType.ALL }
  if (projects.length === 0) return { projectionType: ProjectionType.KEYS_ONLY }
  return { projectionType: ProjectionType.INCLUDE, nonKeyAttributes: [...projects] }
}
