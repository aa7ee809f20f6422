import { careerSummary } from './career-summary.ts'
import { defineElement } from './define-element.ts'
import { schoolListing } from './school-listing.ts'
import { tuitionRequestForm } from './tuition-request-form.ts'

defineElement('career-summary', careerSummary)
defineElement('school-listing', schoolListing)
defineElement('tuition-request-form', tuitionRequestForm)
