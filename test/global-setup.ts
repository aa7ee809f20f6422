import type { TestProject } from 'vitest/node'
import { dynamodbLocal } from './dynamodb-local.ts'
import { findBrowserPaths } from './web/find-browser-paths.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where DynamoDB Local answers, or will; `missing` is why it never does. */
    dynamodbLocal: { endpoint: string; missing: string }
    /** Where a Chromium is, best first: unpacked once, before several test files would do it at the same time. */
    browserPaths: string[]
  }
}

/** Starts what several test files share; at the end stops it, and names what did not run here and why. */
export default async function globalSetup(project: TestProject) {
  const { endpoint, missing, stop } = await dynamodbLocal()
  project.provide('dynamodbLocal', { endpoint, missing })
  project.provide('browserPaths', await findBrowserPaths())

  return () => {
    stop()
    const suites = project.vitest.state.getTestModules().flatMap(({ children }) => [...children.allSuites()])
    const notRun = suites.flatMap(({ name }) =>
      [/^(?<what>.*) \(not run: (?<why>.*)\)$/.exec(name)?.groups ?? []].flat(),
    )
    for (const [why, those] of Map.groupBy(notRun, (one) => one.why)) {
      console.log(`\nNot run: ${those.map(({ what }) => what).join('; ')} (${why})`)
    }
  }
}
