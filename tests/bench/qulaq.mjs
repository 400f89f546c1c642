// One tag in the page: when the first question can be answered.
import { candidate } from './_qulaq.mjs';

export default candidate({ name: 'qulaq', order: 3, label: 'Qulaq (one tag)' });
