import type { TestProject } from 'vitest/node'
import { buildIfStale } from '#web/built-files.ts'
import { dynamodbLocal } from './dynamodb-local.ts'
import { findBrowserPaths } from './web/find-browser-paths.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The URL of DynamoDB Local, which may still be starting; `missing` is the reason if it cannot start. */
    dynamodbLocal: { endpoint: string; missing: string }
    /** Paths of Chromium, best first. It is unpacked once here, before several test files would unpack it at the same time. */
    browserPaths: string[]
  }
}

/** Starts what several test files share. At the end it stops it and lists the suites that did not run, with the reason. */
export default async function globalSetup(project: TestProject) {
  if (project.vitest.projects.every(({ name }) => name === 'unit')) return
  // Hosts in production mode serve built files.
  await buildIfStale()
  const { endpoint, missing, stop } = await dynamodbLocal()
  project.provide('dynamodbLocal', { endpoint, missing })
  project.provide('browserPaths', await findBrowserPaths())

  return () => {
    stop()
    const suites = project.vitest.state.getTestModules().flatMap(({ children }) => [...children.allSuites()])
    const notRun = suites.flatMap(({ name }) =>
      [/^(?<what>.*) \(not run: (?<why>.*)\)$/.exec(name)?.groups ?? []].flat(),
    )
    for (const [reason, suites] of Map.groupBy(notRun, ({ why }) => why)) {
      console.log(`\nNot run: ${suites.map(({ what }) => what).join('; ')} (${reason})`)
    }
  }
}
