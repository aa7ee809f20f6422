// Plain JavaScript, so that an old Node version can print which version is needed.
const { node } = process.versions

if (Number.parseInt(node, 10) >= 24) {
  // A small V8 semi-space saves 25 MB while the program loads; `hold-young-generation.ts` lets it grow later.
  import('node:v8')
    .then((v8) => v8.setFlagsFromString('--semi-space-growth-factor=1'))
    .then(() => import('node:module'))
    .then((module) => module.enableCompileCache())
    .then(() => import('./main.ts'))
    .then(({ main }) => main(process.argv.slice(2), process.env))
} else {
  console.error(
    `Prospectus needs Node 24; this is ${node}. ` +
      'For development, "npm ci" (without --ignore-scripts) brings Node 24 with the project; start it with "npm start". ' +
      'A production host (npm ci --omit=dev) needs Node 24 itself.',
  )
  process.exitCode = 1
}
