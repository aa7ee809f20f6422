import { start } from '../app/app.tsx'

start({
  name: 'console',
  title: 'Prospectus console',
  keyLabel: 'Staff key',
  keyHelp: 'npm start prints one; ops keys create makes one.',
  nav: [{ to: '/', label: 'Overview' }],
  places: [{ pattern: '/', page: () => <h1>Overview</h1> }],
})
