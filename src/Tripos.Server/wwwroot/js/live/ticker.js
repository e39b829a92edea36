// A worker that does nothing but tick: browsers slow down the timers of a page nobody sees to one a minute, and a learner who reads in another tab
// would look as if their computer had died.
setInterval(() => self.postMessage('tick'), 5000);
