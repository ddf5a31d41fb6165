package check

// differences finds where two texts differ, and which items of them are the same, by the least number of items to leave out
// (E. W. Myers, "An O(ND) Difference Algorithm and Its Variations", Algorithmica 1, 1986). Texts that have little in
// common are given up on: what is left of them then is one difference.
func differences(es, ps []unit) (hunks []hunk, same [][2]int) {
	same = align(len(es), len(ps), func(i, j int) bool { return es[i].same(ps[j]) })
	i, j := 0, 0
	for _, s := range append(same[:len(same):len(same)], [2]int{len(es), len(ps)}) {
		if i < s[0] || j < s[1] {
			hunks = append(hunks, hunk{i, s[0], j, s[1]})
		}
		i, j = s[0]+1, s[1]+1
	}
	return hunks, same
}

// mostEdits bounds the time and memory of align, which grow with the square of it.
const mostEdits = 2000

// align pairs what is equal in two sequences, in order.
func align(n, m int, equal func(i, j int) bool) (pairs [][2]int) {
	head := 0
	for head < n && head < m && equal(head, head) {
		pairs = append(pairs, [2]int{head, head})
		head++
	}
	tail := 0
	for tail < n-head && tail < m-head && equal(n-1-tail, m-1-tail) {
		tail++
	}
	for _, p := range myers(n-head-tail, m-head-tail, func(i, j int) bool { return equal(head+i, head+j) }) {
		pairs = append(pairs, [2]int{head + p[0], head + p[1]})
	}
	for k := tail; k > 0; k-- {
		pairs = append(pairs, [2]int{n - k, m - k})
	}
	return pairs
}

func myers(n, m int, equal func(i, j int) bool) [][2]int {
	if n == 0 || m == 0 {
		return nil
	}
	most := min(n+m, mostEdits)
	v := make([]int32, 2*most+2) // furthest place in the first on each diagonal
	var trace [][]int32
	for d := 0; d <= most; d++ {
		trace = append(trace, append([]int32(nil), v[most-d:most+d+2]...))
		for k := -d; k <= d; k += 2 {
			var x int
			if k == -d || k != d && v[most+k-1] < v[most+k+1] {
				x = int(v[most+k+1])
			} else {
				x = int(v[most+k-1]) + 1
			}
			y := x - k
			for x < n && y < m && equal(x, y) {
				x, y = x+1, y+1
			}
			v[most+k] = int32(x)
			if x >= n && y >= m {
				return backtrack(trace, n, m)
			}
		}
	}
	return nil
}

// backtrack follows the way to the end back to the beginning. trace[d] holds the diagonals from -d to d+1 before round d.
func backtrack(trace [][]int32, x, y int) (pairs [][2]int) {
	for d := len(trace) - 1; d >= 0; d-- {
		at := func(k int) int {
			if k < -d || k > d+1 {
				return 0
			}
			return int(trace[d][k+d])
		}
		k := x - y
		prev := k - 1
		if k == -d || k != d && at(k-1) < at(k+1) {
			prev = k + 1
		}
		px := at(prev)
		py := px - prev
		if d == 0 {
			px, py = 0, 0
		}
		for x > px && y > py {
			x, y = x-1, y-1
			pairs = append(pairs, [2]int{x, y})
		}
		x, y = px, py
	}
	for i, j := 0, len(pairs)-1; i < j; i, j = i+1, j-1 {
		pairs[i], pairs[j] = pairs[j], pairs[i]
	}
	return pairs
}
