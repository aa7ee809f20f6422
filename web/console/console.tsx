import { start } from '../app/app.tsx'
import { Lead } from './lead.tsx'
import { Leads } from './leads.tsx'

start({
  name: 'console',
  title: 'Prospectus console',
  keyLabel: 'Staff key',
  keyHelp: 'npm start prints one; ops keys create makes one.',
  nav: [
    { to: '/', label: 'Overview' },
    { to: '/leads', label: 'Leads' },
  ],
  places: [
    { pattern: '/', page: () => <h1>Overview</h1> },
    { pattern: '/leads', page: () => <Leads /> },
    { pattern: '/leads/:leadId', page: ({ leadId = '' }) => <Lead leadId={leadId} /> },
  ],
})
