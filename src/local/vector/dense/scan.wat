;; Compares one query with many rows of float32, four lanes at a time and four sums at once, which lets the
;; processor overlap the additions. A row takes $bytes, a multiple of 64; what it does not use is zero. Of
;; the $count rows from $rows on, those are compared whose byte from $chosen on is not zero; the $out of the
;; others stays as it is.
(module
  (import "waybill" "memory" (memory 1))

  ;; Writes the inner product of the query and each chosen row to $out.
  (func (export "dots")
    (param $query i32) (param $rows i32) (param $count i32) (param $bytes i32) (param $chosen i32) (param $out i32)
    (local $end i32) (local $at i32)
    (local $a v128) (local $b v128) (local $c v128) (local $d v128)
    (block $done
      (loop $row
        (br_if $done (i32.eqz (local.get $count)))
        (if (i32.load8_u (local.get $chosen))
          (then
            (local.set $a (v128.const f32x4 0 0 0 0))
            (local.set $b (v128.const f32x4 0 0 0 0))
            (local.set $c (v128.const f32x4 0 0 0 0))
            (local.set $d (v128.const f32x4 0 0 0 0))
            (local.set $at (local.get $query))
            (local.set $end (i32.add (local.get $query) (local.get $bytes)))
            (loop $part
              (local.set $a (f32x4.add (local.get $a)
                (f32x4.mul (v128.load (local.get $at)) (v128.load (local.get $rows)))))
              (local.set $b (f32x4.add (local.get $b)
                (f32x4.mul (v128.load offset=16 (local.get $at)) (v128.load offset=16 (local.get $rows)))))
              (local.set $c (f32x4.add (local.get $c)
                (f32x4.mul (v128.load offset=32 (local.get $at)) (v128.load offset=32 (local.get $rows)))))
              (local.set $d (f32x4.add (local.get $d)
                (f32x4.mul (v128.load offset=48 (local.get $at)) (v128.load offset=48 (local.get $rows)))))
              (local.set $at (i32.add (local.get $at) (i32.const 64)))
              (local.set $rows (i32.add (local.get $rows) (i32.const 64)))
              (br_if $part (i32.lt_u (local.get $at) (local.get $end))))
            (f32.store (local.get $out) (call $sum (local.get $a) (local.get $b) (local.get $c) (local.get $d))))
          (else (local.set $rows (i32.add (local.get $rows) (local.get $bytes)))))
        (local.set $chosen (i32.add (local.get $chosen) (i32.const 1)))
        (local.set $out (i32.add (local.get $out) (i32.const 4)))
        (local.set $count (i32.sub (local.get $count) (i32.const 1)))
        (br $row))))

  ;; Writes the squared distance of the query and each chosen row to $out.
  (func (export "distances")
    (param $query i32) (param $rows i32) (param $count i32) (param $bytes i32) (param $chosen i32) (param $out i32)
    (local $end i32) (local $at i32)
    (local $a v128) (local $b v128) (local $c v128) (local $d v128) (local $by v128)
    (block $done
      (loop $row
        (br_if $done (i32.eqz (local.get $count)))
        (if (i32.load8_u (local.get $chosen))
          (then
            (local.set $a (v128.const f32x4 0 0 0 0))
            (local.set $b (v128.const f32x4 0 0 0 0))
            (local.set $c (v128.const f32x4 0 0 0 0))
            (local.set $d (v128.const f32x4 0 0 0 0))
            (local.set $at (local.get $query))
            (local.set $end (i32.add (local.get $query) (local.get $bytes)))
            (loop $part
              (local.set $by (f32x4.sub (v128.load (local.get $at)) (v128.load (local.get $rows))))
              (local.set $a (f32x4.add (local.get $a) (f32x4.mul (local.get $by) (local.get $by))))
              (local.set $by (f32x4.sub (v128.load offset=16 (local.get $at)) (v128.load offset=16 (local.get $rows))))
              (local.set $b (f32x4.add (local.get $b) (f32x4.mul (local.get $by) (local.get $by))))
              (local.set $by (f32x4.sub (v128.load offset=32 (local.get $at)) (v128.load offset=32 (local.get $rows))))
              (local.set $c (f32x4.add (local.get $c) (f32x4.mul (local.get $by) (local.get $by))))
              (local.set $by (f32x4.sub (v128.load offset=48 (local.get $at)) (v128.load offset=48 (local.get $rows))))
              (local.set $d (f32x4.add (local.get $d) (f32x4.mul (local.get $by) (local.get $by))))
              (local.set $at (i32.add (local.get $at) (i32.const 64)))
              (local.set $rows (i32.add (local.get $rows) (i32.const 64)))
              (br_if $part (i32.lt_u (local.get $at) (local.get $end))))
            (f32.store (local.get $out) (call $sum (local.get $a) (local.get $b) (local.get $c) (local.get $d))))
          (else (local.set $rows (i32.add (local.get $rows) (local.get $bytes)))))
        (local.set $chosen (i32.add (local.get $chosen) (i32.const 1)))
        (local.set $out (i32.add (local.get $out) (i32.const 4)))
        (local.set $count (i32.sub (local.get $count) (i32.const 1)))
        (br $row))))

  (func $sum (param $a v128) (param $b v128) (param $c v128) (param $d v128) (result f32)
    (local $all v128)
    (local.set $all (f32x4.add
      (f32x4.add (local.get $a) (local.get $b))
      (f32x4.add (local.get $c) (local.get $d))))
    (f32.add
      (f32.add (f32x4.extract_lane 0 (local.get $all)) (f32x4.extract_lane 1 (local.get $all)))
      (f32.add (f32x4.extract_lane 2 (local.get $all)) (f32x4.extract_lane 3 (local.get $all))))))
