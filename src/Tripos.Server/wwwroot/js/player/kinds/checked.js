// A question whose right answer was shown: it stays as it is.

/** @type {import('../types.js').KindView} */
export default {
  read: (section) => JSON.parse(section.dataset.response ?? '{}'),
  write: () => {},
  isEmpty: (answer) => answer === null,
};
