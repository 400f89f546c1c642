// The form itself in the page, as `qulaq embed ID --inline` prints it.
import { candidate } from './_qulaq.mjs';

export default candidate({ name: 'qulaq-inline', order: 5, label: 'Qulaq (inlined)', url: (kind) => `http://127.0.0.1:8090/inline/${kind}/` });
