// While an import runs, its page looks again by itself.

const interval = 1500;

setTimeout(() => location.reload(), interval);

export {};
