// Plain JavaScript that any Node can read, so that an old one can say what to do.
const { node } = process.versions

if (Number.parseInt(node, 10) >= 24) {
  // The nursery for young objects stays small: 25 MB less.
  import('node:v8')
    .then((v8) => v8.setFlagsFromString('--semi-space-growth-factor=1'))
    .then(() => import('node:module'))
    .then((module) => module.enableCompileCache())
    .then(() => import('./main.ts'))
    .then(({ main }) => main(process.argv.slice(2), process.env))
} else {
  console.error(
    `Prospectus needs Node 24; this is ${node}. ` +
      'Run "npm ci" (without --ignore-scripts), which brings Node 24 with the project, and start it with "npm start".',
  )
  process.exitCode = 1
}
