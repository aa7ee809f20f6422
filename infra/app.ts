import { App } from 'aws-cdk-lib'
import { buildApp } from '#infra/build-app.ts'

buildApp(new App())
