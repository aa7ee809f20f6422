import { existsSync } from 'node:fs'
import { Duration, RemovalPolicy } from 'aws-cdk-lib'
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket } from 'aws-cdk-lib/aws-s3'
import { BucketDeployment, CacheControl, Source } from 'aws-cdk-lib/aws-s3-deployment'
import { Construct } from 'constructs'

/** What anyone may read and what can be built again. */
export class WebBucket extends Bucket {}
/** Fills the bucket, by a Lambda of the CDK's own. */
export class WebDeployment extends BucketDeployment {}

/** The bucket behind the edge, and in it what was built into `folder`, if anything was. */
export class WebFiles extends Construct {
  readonly bucket: IBucket

  constructor(scope: Construct, id: string, { folder }: { folder: string }) {
    super(scope, id)
    // Bucket and IBucket disagree on an optional property, and on nothing else.
    this.bucket = new WebBucket(this, 'Bucket', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      removalPolicy: RemovalPolicy.DESTROY,
    }) as IBucket
    if (!existsSync(folder)) return
    new WebDeployment(this, 'Files', {
      sources: [Source.asset(folder)],
      destinationBucket: this.bucket,
      cacheControl: [CacheControl.setPublic(), CacheControl.maxAge(Duration.minutes(5))],
      prune: false,
      // CloudFormation deletes no bucket that is not empty.
      retainOnDelete: false,
    })
  }
}
