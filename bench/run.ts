/** `npm run bench` measures this project alone, `npm run bench -- peers` beside what a user would write instead. */
await import(process.argv[2] === 'peers' ? './peers.ts' : './api.ts')
