import { App } from 'aws-cdk-lib'
import { buildApp } from '#infra/build-app.ts'

// The CDK CLI says which region credentials and profile are for.
buildApp(new App(), process.env.CDK_DEFAULT_REGION)
