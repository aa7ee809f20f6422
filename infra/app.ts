import { App } from 'aws-cdk-lib'
import { buildApp } from '#infra/build-app.ts'
import { readStageSettings } from '#infra/stage.ts'
import { StageFileError } from '#infra/stage-file.ts'

const app = new App()
try {
  buildApp(app, readStageSettings(app.node.getAllContext()))
} catch (error) {
  if (!(error instanceof StageFileError)) throw error
  // The CDK CLI shows what its app writes here; a stack trace would hide the sentence.
  console.error(error.message)
  process.exitCode = 1
}
