import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { AssetHashType, DockerImage, Duration, RemovalPolicy } from 'aws-cdk-lib'
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket } from 'aws-cdk-lib/aws-s3'
import { BucketDeployment, CacheControl, Source } from 'aws-cdk-lib/aws-s3-deployment'
import { Construct } from 'constructs'
import { webPaths } from '#infra/edge-paths.ts'

/** Public files, which can be built again at any time. */
export class WebBucket extends Bucket {}
/** Fills the bucket with the CDK's own Lambda. */
export class WebDeployment extends BucketDeployment {}

const web = join(import.meta.dirname, '../../web')
// S3 serves a file without an extension as binary, so these get an explicit content type.
const extensionlessFiles = webPaths.page
  .filter((path) => !path.includes('.') && !path.includes('*'))
  .map((path) => path.slice(1))

/** The bucket behind the edge, filled with the pages and the widget. */
export class WebFiles extends Construct {
  readonly bucket: IBucket

  constructor(scope: Construct, id: string) {
    super(scope, id)
    // Bucket and IBucket differ only in an optional property.
    this.bucket = new WebBucket(this, 'Bucket', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      removalPolicy: RemovalPolicy.DESTROY,
    }) as IBucket
    const deploymentProps = {
      sources: [createWebAsset()],
      destinationBucket: this.bucket,
      cacheControl: [CacheControl.setPublic(), CacheControl.maxAge(Duration.minutes(5))],
      prune: false,
      // CloudFormation cannot delete a bucket that has files.
      retainOnDelete: false,
    }
    new WebDeployment(this, 'Files', { ...deploymentProps, exclude: extensionlessFiles })
    new WebDeployment(this, 'Pages', {
      ...deploymentProps,
      exclude: ['*'],
      include: extensionlessFiles,
      contentType: 'text/html; charset=utf-8',
    })
  }
}

/** Builds the web files during synthesis, like the Lambda bundles. */
function createWebAsset() {
  return Source.asset(web, {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      image: DockerImage.fromRegistry('not-used'),
      local: {
        tryBundle(outputFolder) {
          execFileSync(process.execPath, [join(web, 'write-files.ts'), outputFolder])
          return true
        },
      },
    },
  })
}
