(* The checker as JSON, which translate.py turns into checker.py. What is said here is not proved: these
   constants of Coq's standard library are Python's own integers and lists (native.py). *)
From Exactdyn Require Import FamilyRules.
Require Extraction.
Require Import ExtrOcamlBasic.
Extraction Language JSON.
Extract Inductive nat => "int" ["0" "S"].
Extract Inductive positive => "int" ["xI" "xO" "1"].
Extract Inductive Z => "int" ["0" "Zpos" "Zneg"].
Extract Inlined Constant Init.Nat.add => "z_add". Extract Inlined Constant Init.Nat.mul => "z_mul".
Extract Inlined Constant Init.Nat.sub => "n_sub". Extract Inlined Constant Nat.eq_dec => "z_eqb".
Extract Inlined Constant Nat.eqb => "z_eqb". Extract Inlined Constant Nat.leb => "z_leb".
Extract Inlined Constant Nat.ltb => "z_ltb". Extract Inlined Constant Pos.mul => "z_mul".
Extract Inlined Constant Z.add => "z_add". Extract Inlined Constant Z.mul => "z_mul".
Extract Inlined Constant Z.sub => "z_sub". Extract Inlined Constant Z.opp => "z_opp".
Extract Inlined Constant Z.div => "z_div". Extract Inlined Constant Z.max => "z_max".
Extract Inlined Constant Z.gcd => "z_gcd". Extract Inlined Constant Z.ggcd => "z_ggcd".
Extract Inlined Constant Z.lcm => "z_lcm". Extract Inlined Constant Z.to_pos => "z_to_pos".
Extract Inlined Constant Z.eqb => "z_eqb". Extract Inlined Constant Z.leb => "z_leb".
Extract Inlined Constant Zeq_bool => "z_eqb".
Extract Inlined Constant length => "length". Extract Inlined Constant app => "app".
Extract Inlined Constant List.nth => "nth". Extract Inlined Constant List.map => "map".
Extract Inlined Constant List.seq => "seq". Extract Inlined Constant List.combine => "combine".
Extract Inlined Constant List.repeat => "repeat". Extract Inlined Constant List.concat => "concat".
Extract Inlined Constant List.flat_map => "flat_map". Extract Inlined Constant List.fold_right => "fold_right".
Extract Inlined Constant List.forallb => "forallb". Extract Inlined Constant List.existsb => "existsb".
Extract Inlined Constant List.filter => "filter". Extract Inlined Constant List.find => "find".
Extraction "extracted.json" check check_family by_lemma.
