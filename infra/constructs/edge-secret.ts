import { Stack } from 'aws-cdk-lib'
import { Secret } from 'aws-cdk-lib/aws-secretsmanager'
import type { Construct } from 'constructs'
import type { DeploymentStage } from '#infra/stage.ts'
import { edgeRegion } from '#infra/stage-names.ts'

/**
 * The secret by which the edge proves itself to the API. It is separate from the root secret, because CloudFront and
 * the public catalog Lambda can read it. It grants no access by itself.
 */
export class EdgeSecret extends Secret {
  constructor(scope: Construct, id: string, { stage }: { stage: DeploymentStage }) {
    super(scope, id, {
      description: `Prospectus ${stage.name}: what the edge says to the API; "previous" is still taken`,
      generateSecretString: {
        secretStringTemplate: '{}',
        generateStringKey: 'current',
        passwordLength: 64,
        excludePunctuation: true,
      },
      replicaRegions: Stack.of(scope).region === edgeRegion ? [] : [{ region: edgeRegion }],
      removalPolicy: stage.removal,
    })
  }
}
