import { Aws, CfnOutput, Stack, type StackProps } from 'aws-cdk-lib'
import { TableEncryption } from 'aws-cdk-lib/aws-dynamodb'
import { Key } from 'aws-cdk-lib/aws-kms'
import { Secret } from 'aws-cdk-lib/aws-secretsmanager'
import type { Construct } from 'constructs'
import { EdgeSecret } from '#infra/constructs/edge-secret.ts'
import type { SecretReference, StorageResources, TableReference } from '#infra/constructs/grant-rights.ts'
import { ServiceTable } from '#infra/constructs/service-table.ts'
import type { DeploymentStage } from '#infra/stage.ts'
import { tables } from '#shared/store/keys.ts'

type Props = StackProps & { stage: DeploymentStage }

/** Everything that must outlive a deployment: two tables, the encryption key of one of them, the root secret and the edge secret. */
export class StorageStack extends Stack {
  /** The tables are the restored ones of the stage, if it names any. */
  readonly resources: StorageResources & { edgeSecret: SecretReference }

  constructor(scope: Construct, id: string, { stage, ...props }: Props) {
    super(scope, id, { description: `Prospectus ${stage.name}: what is kept`, ...props })

    const leadsKey = new Key(this, 'LeadsKey', {
      description: `Prospectus ${stage.name}: personal data`,
      enableKeyRotation: true,
      removalPolicy: stage.removal,
    })
    const catalog = new ServiceTable(this, 'Catalog', { shape: tables.catalog, stage })
    const leads = new ServiceTable(this, 'Leads', {
      shape: tables.leads,
      stage,
      timeToLiveAttribute: 'expiresAt',
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: leadsKey,
    })
    // 128 of 62 characters: some 760 bits, of which the program derives its three keys. CloudFormation draws them.
    const secret = new Secret(this, 'Secret', {
      description: `Prospectus ${stage.name}: the root of pepper, token key and envelope key`,
      generateSecretString: {
        secretStringTemplate: '{}',
        generateStringKey: 'root',
        passwordLength: 128,
        excludePunctuation: true,
      },
      removalPolicy: stage.removal,
    })

    const edgeSecret = new EdgeSecret(this, 'EdgeSecret', { stage })

    // Exported whether or not there is an edge or a restored table: an export that a deployed stack imports cannot be removed.
    this.exportValue(edgeSecret.secretArn)
    for (const table of [catalog, leads]) {
      this.exportValue(table.tableName)
      this.exportValue(table.tableArn)
    }
    const activeTables = {
      catalog: toActiveTable(catalog, stage.restoredTables.catalog),
      leads: toActiveTable(leads, stage.restoredTables.leads),
    }
    this.resources = { ...activeTables, secret, edgeSecret }
    new CfnOutput(this, 'CatalogTable', { value: activeTables.catalog.tableName })
    new CfnOutput(this, 'LeadsTable', { value: activeTables.leads.tableName })
    new CfnOutput(this, 'SecretArn', { value: secret.secretArn })
    new CfnOutput(this, 'EdgeSecretArn', { value: edgeSecret.secretArn })
  }
}

/** A restored table has the key of the table that it replaces, and is in no stack. */
function toActiveTable(table: ServiceTable, restoredName: string | undefined): TableReference {
  if (restoredName === undefined) return table
  return {
    tableName: restoredName,
    tableArn: `arn:${Aws.PARTITION}:dynamodb:${Aws.REGION}:${Aws.ACCOUNT_ID}:table/${restoredName}`,
    ...(table.encryptionKey && { encryptionKey: table.encryptionKey }),
  }
}
