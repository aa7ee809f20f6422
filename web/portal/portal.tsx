import { start } from '../app/app.tsx'

start({
  name: 'portal',
  title: 'School portal',
  keyLabel: 'Key of your school',
  keyHelp: 'Who runs Prospectus gives you one, or a link that signs you in.',
  nav: [{ to: '/', label: 'Overview' }],
  places: [{ pattern: '/', page: () => <h1>Overview</h1> }],
})
