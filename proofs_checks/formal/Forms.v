(* The lemma locked-by-forms: quadratic forms of the companion vectors w(j) that vanish, or stay positive, for every j. *)
From Exactdyn Require Export Equations Consensus.
Import ListNotations.
Open Scope Q_scope.

Lemma quadratic_ext d B B' x x' : (forall i j, (i < d)%nat -> (j < d)%nat -> B i j == B' i j) -> (forall i, (i < d)%nat -> x i == x' i) ->
  quadratic d B x == quadratic d B' x'.
Proof. intros H K. apply sum_ext. intros i Hi. apply sum_ext. intros j Hj. rewrite (H i j Hi Hj), (K i Hi), (K j Hj). reflexivity. Qed.
Lemma quadratic_less d B c C x : quadratic d (fun i j => B i j - c * C i j) x == quadratic d B x - c * quadratic d C x.
Proof.
  unfold quadratic. rewrite <- sum_scal, <- sum_minus. apply sum_ext. intros i _. rewrite <- sum_scal, <- sum_minus. apply sum_ext. intros; ring.
Qed.

(* -- matrices as lists -- *)
Definition table (s : nat) (f : nat -> nat -> Q) : list (list Q) := map (fun i => map (fun j => Qred (f i j)) (seq 0 s)) (seq 0 s).
Lemma table_entry s f i j : (i < s)%nat -> (j < s)%nat -> entry (table s f) i j == f i j.
Proof.
  intros Hi Hj. unfold entry, table. assert (L : length (seq 0 s) = s) by apply seq_length.
  rewrite (nth_indep _ [] (map (fun j => Qred (f 0%nat j)) (seq 0 s))) by (rewrite map_length, L; assumption).
  rewrite (map_nth (fun i => map (fun j => Qred (f i j)) (seq 0 s)) (seq 0 s) 0%nat i), seq_nth by assumption. cbn [Nat.add].
  rewrite (nth_indep _ 0 (Qred (f i 0%nat))) by (rewrite map_length, L; assumption).
  rewrite (map_nth (fun j => Qred (f i j)) (seq 0 s) 0%nat j), seq_nth by assumption. apply Qred_correct.
Qed.
(* -- semidefinite matrices, by elimination -- *)
Fixpoint psd_b (d : nat) (M : list (list Q)) : bool :=
  match d with
  | O => true
  | S e =>
      let p := entry M e e in
      if Qle_bool p 0 then Qeq_bool p 0 && below e (fun i => Qeq_bool (entry M i e) 0 && Qeq_bool (entry M e i) 0) && psd_b e M
      else psd_b e (table e (fun i j => entry M i j - entry M i e * entry M e j / p))
  end.
Definition semidefinite_b (d : nat) (M : list (list Q)) : bool :=
  below d (fun i => below d (fun j => Qeq_bool (entry M i j) (entry M j i))) && psd_b d M.
Lemma psd_ok d : forall M, (forall i j, (i < d)%nat -> (j < d)%nat -> entry M i j == entry M j i) -> psd_b d M = true -> forall x, 0 <= quadratic d (entry M) x.
Proof.
  induction d as [|e IH]; intros M Hs H x; [cbn; lra|]. cbn [psd_b] in H. destruct (Qle_bool (entry M e e) 0) eqn:E.
  - apply andb_true_iff in H. destruct H as [H Hr]. apply andb_true_iff in H. destruct H as [Hp Hz]. apply Qeq_bool_iff in Hp. rewrite below_ok in Hz.
    assert (Z : forall i, (i < e)%nat -> entry M i e == 0 /\ entry M e i == 0).
    { intros i Hi. specialize (Hz i Hi). apply andb_true_iff in Hz. destruct Hz as [A B]. apply Qeq_bool_iff in A, B. auto. }
    specialize (IH M (fun i j Hi Hj => Hs i j ltac:(lia) ltac:(lia)) Hr x).
    assert (Eq : quadratic (S e) (entry M) x == quadratic e (entry M) x); [|rewrite Eq; exact IH].
    unfold quadratic. cbn [sum]. rewrite (sum_0 e (fun j => entry M e j * x e * x j)) by (intros j Hj; rewrite (proj2 (Z j Hj)); ring).
    rewrite Hp. rewrite (sum_ext e (fun i => sum e (fun j => entry M i j * x i * x j) + entry M i e * x i * x e) (fun i => sum e (fun j => entry M i j * x i * x j)))
      by (intros i Hi; rewrite (proj1 (Z i Hi)); ring). ring.
  - assert (Hp : 0 < entry M e e). { destruct (Qlt_le_dec 0 (entry M e e)) as [|L]; [assumption|]. apply Qle_bool_iff in L. congruence. }
    rewrite (complete_square e (entry M) x Hs) by lra.
    set (u := x e + _). assert (0 <= entry M e e * (u * u)) by (apply Qmult_le_0_compat; [lra|nra]).
    assert (0 <= quadratic e (fun i j => entry M i j - entry M i e * entry M e j / entry M e e) x); [|lra].
    rewrite <- (quadratic_ext e (entry (table e (fun i j => entry M i j - entry M i e * entry M e j / entry M e e))) _ x x).
    + apply IH; [|exact H]. intros i j Hi Hj. rewrite !table_entry by assumption. rewrite (Hs i j), (Hs i e), (Hs e j) by lia. field. lra.
    + intros i j Hi Hj. apply table_entry; assumption.
    + intros; reflexivity.
Qed.
Lemma semidefinite_ok d M : semidefinite_b d M = true -> forall x, 0 <= quadratic d (entry M) x.
Proof.
  unfold semidefinite_b. intros H. apply andb_true_iff in H. destruct H as [H1 H2]. apply psd_ok; [|exact H2].
  rewrite below_ok in H1. intros i j Hi Hj. specialize (H1 i Hi). rewrite below_ok in H1. apply Qeq_bool_iff, H1, Hj.
Qed.

(* -- the companion matrix and its vectors -- *)
Section Companion.
Variable recurrence : list Q.
Notation s := (length recurrence).
Definition companion (l c : nat) : Q := if Nat.eqb c (pred s) then - nth l recurrence 0 else if Nat.eqb l (S c) then 1 else 0.
Definition onward (w : nat -> Q) : nat -> Q := fun l => sum s (fun c => companion l c * w c).
Fixpoint vector_at (j : nat) : nat -> Q := match j with O => fun l => if Nat.eqb l 0 then 1 else 0 | S j' => onward (vector_at j') end.
Definition moved (B : nat -> nat -> Q) (c e : nat) : Q := sum s (fun l => sum s (fun q => B l q * companion l c * companion q e)).
Lemma moved_onward B w : quadratic s (moved B) w == quadratic s B (onward w).
Proof.
  unfold quadratic, moved, onward.
  transitivity (sum s (fun l => sum s (fun q => sum s (fun c => sum s (fun e => B l q * (companion l c * w c) * (companion q e * w e)))))).
  - rewrite (sum_ext s _ (fun c => sum s (fun e => sum s (fun l => sum s (fun q => B l q * (companion l c * w c) * (companion q e * w e)))))).
    + rewrite (sum_ext s _ (fun c => sum s (fun l => sum s (fun q => sum s (fun e => B l q * (companion l c * w c) * (companion q e * w e)))))).
      * rewrite sum_swap. apply sum_ext. intros l _. rewrite sum_swap. reflexivity.
      * intros c _. rewrite sum_swap. apply sum_ext. intros l _. rewrite sum_swap. reflexivity.
    + intros c _. apply sum_ext. intros e _. rewrite <- !sum_scal_r. apply sum_ext. intros l _. rewrite <- !sum_scal_r. apply sum_ext. intros q _. ring.
  - apply sum_ext. intros l _. apply sum_ext. intros q _.
    rewrite (sum_ext s _ (fun c => B l q * (companion l c * w c) * sum s (fun e => companion q e * w e))) by (intros c _; rewrite sum_scal; ring).
    rewrite sum_scal_r, sum_scal. ring.
Qed.
Definition at_layer (B : nat -> nat -> Q) (j : nat) : Q := quadratic s B (vector_at j).
Lemma moved_next B j : at_layer (moved B) j == at_layer B (S j).
Proof. apply moved_onward. Qed.
Fixpoint moves (x : nat) (B : nat -> nat -> Q) : nat -> nat -> Q := match x with O => B | S y => moved (moves y B) end.
Lemma moves_next x : forall B j, at_layer (moves x B) j == at_layer B (j + x).
Proof.
  induction x as [|x IH]; intros B j; [rewrite Nat.add_0_r; reflexivity|]. cbn [moves]. rewrite moved_next, IH. replace (S j + x)%nat with (j + S x)%nat by lia. reflexivity.
Qed.

(* Cayley and Hamilton: the products of two coordinates obey a recurrence *)
Definition products : list (nat * nat) := flat_map (fun l => map (fun q => (l, q)) (seq 0 (S l))) (seq 0 s).
Lemma products_in l q : (q <= l)%nat -> (l < s)%nat -> In (l, q) products.
Proof. intros H Hl. apply in_flat_map. exists l. split; [apply in_seq; lia|]. apply in_map, in_seq. lia. Qed.
Lemma dependent : exists J (c : nat -> Q), (J <= length products)%nat /\
  forall B x, at_layer B (J + x) == sum J (fun j => c j * at_layer B (j + x)).
Proof.
  set (D := length products).
  set (rows := map (fun p : nat * nat => map (fun j => vector_at j (fst p) * vector_at j (snd p)) (seq 0 (S D))) products).
  assert (Hl : of_length (S D) rows).
  { intros row Hr. apply in_map_iff in Hr. destruct Hr as [p [<- _]]. rewrite map_length, seq_length. reflexivity. }
  destruct (kernel (S D) rows) as [t|] eqn:K.
  2:{ exfalso. apply (kernel_wide (S D) rows); [|exact K]. unfold rows. rewrite map_length. fold D. lia. }
  destruct (kernel_some _ _ _ Hl K) as [Lt [[i [Hi Hne]] Hz]].
  assert (Dot : forall (g : nat -> Q) t, list_dot (map g (seq 0 (length t))) t == sum (length t) (fun j => g j * nth j t 0)).
  { intros g t0. assert (G : forall a, list_dot (map g (seq a (length t0))) t0 == sum (length t0) (fun j => g (a + j)%nat * nth j t0 0)).
    { induction t0 as [|u t0 IH]; intros a; [reflexivity|]. cbn [length seq map]. rewrite list_dot_cons, IH. rewrite sum_first. cbn [nth]. rewrite Nat.add_0_r.
      apply Qplus_comp; [reflexivity|]. apply sum_ext. intros j _. replace (a + S j)%nat with (S a + j)%nat by lia. reflexivity. }
    apply (G 0%nat). }
  assert (Prod : forall l q, (l < s)%nat -> (q < s)%nat -> sum (S D) (fun j => vector_at j l * vector_at j q * nth j t 0) == 0).
  { assert (P : forall l q, (q <= l)%nat -> (l < s)%nat -> sum (S D) (fun j => vector_at j l * vector_at j q * nth j t 0) == 0).
    { intros l q H1 H2. rewrite <- Lt, <- Dot, Lt. apply Hz. apply in_map_iff. exists (l, q). split; [reflexivity|apply products_in; assumption]. }
    intros l q H1 H2. destruct (Nat.le_gt_cases q l) as [L|L]; [apply P; assumption|].
    rewrite (sum_ext (S D) _ (fun j => vector_at j q * vector_at j l * nth j t 0)) by (intros; ring). apply P; lia. }
  assert (All : forall B, sum (S D) (fun j => nth j t 0 * at_layer B j) == 0).
  { intros B. unfold at_layer, quadratic.
    rewrite (sum_ext (S D) _ (fun j => sum s (fun l => sum s (fun q => B l q * (vector_at j l * vector_at j q * nth j t 0))))).
    - rewrite sum_swap. apply sum_0. intros l Hl'. rewrite sum_swap. apply sum_0. intros q Hq. rewrite sum_scal, (Prod l q Hl' Hq). ring.
    - intros j _. rewrite <- sum_scal. apply sum_ext. intros l _. rewrite <- sum_scal. apply sum_ext. intros; ring. }
  (* the last coefficient that is not 0 *)
  assert (Last : exists J, (J < S D)%nat /\ ~ nth J t 0 == 0 /\ forall j, (J < j)%nat -> (j < S D)%nat -> nth j t 0 == 0).
  { clear - Hi Hne. assert (G : forall m, (exists i, (i < m)%nat /\ ~ nth i t 0 == 0) -> exists J, (J < m)%nat /\ ~ nth J t 0 == 0 /\ forall j, (J < j)%nat -> (j < m)%nat -> nth j t 0 == 0).
    { induction m as [|m IH]; intros [a [Ha Hb]]; [lia|]. destruct (Qeq_dec (nth m t 0) 0) as [E|E].
      - destruct IH as [J [A [B C]]]; [exists a; split; [|assumption]; destruct (Nat.eq_dec a m) as [->|]; [contradiction|lia]|].
        exists J. split; [lia|]. split; [assumption|]. intros j H1 H2. destruct (Nat.eq_dec j m) as [->|]; [exact E|apply C; lia].
      - exists m. split; [lia|]. split; [assumption|]. intros; lia. }
    apply G. exists i. auto. }
  destruct Last as [J [HJ [HJ0 HJz]]]. exists J, (fun j => - nth j t 0 / nth J t 0). split; [lia|]. intros B x.
  assert (E : sum (S J) (fun j => nth j t 0 * at_layer B (j + x)) == 0).
  { specialize (All (moves x B)). rewrite (sum_ext (S D) _ (fun j => nth j t 0 * at_layer B (j + x))) in All by (intros j _; rewrite moves_next; reflexivity).
    rewrite <- All. symmetry. clear - HJ HJz. revert HJz. induction HJ as [|m Hm IH]; intros HJz; [reflexivity|].
    change (sum (S m) (fun j => nth j t 0 * at_layer B (j + x))) with (sum m (fun j => nth j t 0 * at_layer B (j + x)) + nth m t 0 * at_layer B (m + x)).
    rewrite (HJz m) by lia. rewrite IH by (intros; apply HJz; lia). ring. }
  cbn [sum] in E. rewrite (sum_ext J _ (fun j => (-1 / nth J t 0) * (nth j t 0 * at_layer B (j + x)))) by (intros; field; assumption).
  rewrite sum_scal. assert (E2 : sum J (fun j => nth j t 0 * at_layer B (j + x)) == - (nth J t 0 * at_layer B (J + x))) by lra. rewrite E2. field. assumption.
Qed.
Lemma vanishes_for_ever B : (forall j, (j < length products)%nat -> at_layer B j == 0) -> forall j, at_layer B j == 0.
Proof.
  intros H. destruct dependent as [J [c [HJ Hd]]]. intros j. induction j as [j IH] using lt_wf_ind.
  destruct (Nat.lt_ge_cases j (length products)) as [L|L]; [apply H, L|].
  replace j with (J + (j - J))%nat by lia. rewrite Hd. apply sum_0. intros i Hi. rewrite IH by lia. ring.
Qed.

(* -- what the checker computes -- *)
Definition onward_list (w : list Q) : list Q := map (fun l => Qred (sum s (fun c => companion l c * nth c w 0))) (seq 0 s).
Fixpoint vectors (count : nat) (w : list Q) : list (list Q) := match count with O => [] | S c => w :: vectors c (onward_list w) end.
Definition first_vector : list Q := map (fun l => if Nat.eqb l 0 then 1 else 0) (seq 0 s).
Definition value_at (M : list (list Q)) (w : list Q) : Q := sum s (fun i => sum s (fun j => entry M i j * nth i w 0 * nth j w 0)).
Definition vanishes_b (ws : list (list Q)) (M : list (list Q)) : bool := forallb (fun w => Qeq_bool (value_at M w) 0) ws.
Definition all_vectors : list (list Q) := vectors (length products) first_vector.
Lemma list_nth (g : nat -> Q) l : (l < s)%nat -> nth l (map g (seq 0 s)) 0 = g l.
Proof.
  intros Hl. rewrite (nth_indep _ 0 (g 0%nat)) by (rewrite map_length, seq_length; assumption). rewrite map_nth, seq_nth by assumption. reflexivity.
Qed.
Lemma vectors_ok count : forall w j0, (forall l, (l < s)%nat -> nth l w 0 == vector_at j0 l) -> forall j, (j < count)%nat ->
  exists w', In w' (vectors count w) /\ forall l, (l < s)%nat -> nth l w' 0 == vector_at (j0 + j) l.
Proof.
  induction count as [|c IH]; intros w j0 Hw j Hj; [lia|]. cbn [vectors]. destruct j as [|j].
  - exists w. split; [left; reflexivity|]. rewrite Nat.add_0_r. exact Hw.
  - destruct (IH (onward_list w) (S j0)) with (j := j) as [w' [A B]]; [|lia|].
    + intros l Hl. unfold onward_list. rewrite list_nth by assumption. rewrite Qred_correct. cbn [vector_at]. unfold onward. apply sum_ext. intros c' Hc. rewrite (Hw c' Hc). reflexivity.
    + exists w'. split; [right; exact A|]. replace (j0 + S j)%nat with (S j0 + j)%nat by lia. exact B.
Qed.
Lemma vanishes_ok M : vanishes_b all_vectors M = true -> forall j, at_layer (entry M) j == 0.
Proof.
  intros H. unfold vanishes_b in H. rewrite forallb_forall in H. apply vanishes_for_ever. intros j Hj.
  destruct (vectors_ok (length products) first_vector 0) with (j := j) as [w [A B]]; [|exact Hj|].
  - intros l Hl. unfold first_vector. rewrite list_nth by assumption. reflexivity.
  - specialize (H w A). apply Qeq_bool_iff in H. rewrite <- H. apply (quadratic_ext s (entry M) (entry M) (vector_at j) (fun i => nth i w 0)); [reflexivity|].
    intros i Hi. rewrite (B i Hi). reflexivity.
Qed.

(* cones *)
Definition moved_list (M : list (list Q)) : list (list Q) := table s (moved (entry M)).
Definition less (M : list (list Q)) (c : Q) (C : list (list Q)) : list (list Q) := table s (fun i j => entry M i j - c * entry C i j).
Lemma moved_list_at M j : at_layer (entry (moved_list M)) j == at_layer (entry M) (S j).
Proof. rewrite <- moved_next. apply quadratic_ext; [intros; apply table_entry; assumption|reflexivity]. Qed.
Lemma less_at M c C j : at_layer (entry (less M c C)) j == at_layer (entry M) j - c * at_layer (entry C) j.
Proof. unfold at_layer. rewrite <- quadratic_less. apply quadratic_ext; [intros; apply table_entry; assumption|reflexivity]. Qed.
Lemma first_entry M : (0 < s)%nat -> at_layer (entry M) 0 == entry M 0 0.
Proof.
  intros Hs. unfold at_layer, quadratic. cbn [vector_at]. rewrite (sum_single s _ 0%nat Hs).
  - rewrite (sum_single s _ 0%nat Hs); [cbn [Nat.eqb]; ring|]. intros j _ Hj. apply Nat.eqb_neq in Hj. rewrite Hj. ring.
  - intros i _ Hi. apply sum_0. intros j _. apply Nat.eqb_neq in Hi. rewrite Hi. ring.
Qed.
Definition cone_b (J : list (list Q)) (mu : Q) : bool :=
  Qle_bool 0 mu && Qle_bool 0 (entry J 0 0) && semidefinite_b s (less (moved_list J) mu J).
Lemma cone_ok J mu : (0 < s)%nat -> cone_b J mu = true -> forall j, 0 <= at_layer (entry J) j.
Proof.
  intros Hs H. unfold cone_b in H. rewrite !andb_true_iff in H. destruct H as [[Hm H0] Hp]. apply Qle_bool_iff in Hm, H0.
  induction j as [|j IH]; [rewrite first_entry by assumption; exact H0|].
  pose proof (semidefinite_ok s _ Hp (vector_at j)) as P. fold (at_layer (entry (less (moved_list J) mu J)) j) in P. rewrite less_at, moved_list_at in P.
  assert (0 <= mu * at_layer (entry J) j) by (apply Qmult_le_0_compat; assumption). lra.
Qed.

(* rows of nodes *)
Fixpoint less_all (M : list (list Q)) (row : list Q) (levels : list (list (list Q))) : list (list Q) :=
  match row, levels with x :: row', B :: levels' => less_all (less M x B) row' levels' | _, _ => M end.
Fixpoint level_list (rows : list (list Q)) (levels : list (list (list Q))) : list (list (list Q)) :=
  match rows with [] => levels | row :: rest => level_list rest (levels ++ [less_all (moved_list (last levels [])) row levels]) end.
Lemma less_all_at row : forall M levels j, length row = length levels ->
  at_layer (entry M) j == at_layer (entry (less_all M row levels)) j + sum (length levels) (fun g => nth g row 0 * at_layer (entry (nth g levels [])) j).
Proof.
  induction row as [|x row IH]; intros M [|B levels] j L; simpl in L; try discriminate; [cbn; ring|].
  cbn [less_all length]. rewrite sum_first. cbn [nth]. pose proof (IH (less M x B) levels j ltac:(lia)) as E. rewrite less_at in E. lra.
Qed.
Lemma level_list_prefix rows : forall levels h, (h < length levels)%nat -> nth h (level_list rows levels) [] = nth h levels [].
Proof.
  induction rows as [|row rows IH]; intros levels h H; [reflexivity|]. cbn [level_list]. rewrite IH by (rewrite app_length; simpl; lia). apply app_nth1, H.
Qed.
Lemma level_next rows : forall levels h j, (0 < length levels)%nat -> (forall q, (q < length rows)%nat -> length (nth q rows []) = (length levels + q)%nat) -> (h < length rows)%nat ->
  let Ls := level_list rows levels in let a := (length levels + h)%nat in
  at_layer (entry (nth (pred a) Ls [])) (S j) ==
  at_layer (entry (nth a Ls [])) j + sum a (fun g => nth g (nth h rows []) 0 * at_layer (entry (nth g Ls [])) j).
Proof.
  induction rows as [|row rows IH]; intros levels h j Hl Hr Hh Ls a; simpl in Hh; [lia|].
  set (new := less_all (moved_list (last levels [])) row levels).
  assert (EL : Ls = level_list rows (levels ++ [new])) by reflexivity.
  destruct h as [|h].
  - pose proof (Hr 0%nat ltac:(simpl; lia)) as L0. cbn [nth] in L0. rewrite Nat.add_0_r in *.
    unfold a. rewrite Nat.add_0_r. rewrite EL.
    rewrite (level_list_prefix rows (levels ++ [new]) (pred (length levels))) by (rewrite app_length; simpl; lia).
    rewrite (level_list_prefix rows (levels ++ [new]) (length levels)) by (rewrite app_length; simpl; lia).
    rewrite app_nth1 by lia. rewrite app_nth2 by lia. rewrite Nat.sub_diag. cbn [nth].
    rewrite <- moved_list_at. assert (La : nth (pred (length levels)) levels [] = last levels []).
    { clear - Hl. destruct levels as [|B levels] using rev_ind; [simpl in Hl; lia|]. rewrite last_last, app_length. simpl. rewrite Nat.add_1_r. simpl. rewrite app_nth2 by lia. rewrite Nat.sub_diag. reflexivity. }
    rewrite La. unfold new at 1. rewrite (less_all_at row _ levels j) by lia. apply Qplus_comp; [reflexivity|]. apply sum_ext. intros g Hg.
    rewrite (level_list_prefix rows (levels ++ [new]) g) by (rewrite app_length; simpl; lia). rewrite app_nth1 by lia. reflexivity.
  - pose proof (IH (levels ++ [new]) h j) as E. rewrite app_length in E. simpl length in E.
    assert (Ha : (length levels + 1 + h)%nat = a) by (unfold a; lia). rewrite Ha in E. rewrite EL. apply E; [lia| |lia].
    intros q Hq. pose proof (Hr (S q) ltac:(simpl; lia)) as K. cbn [nth] in K. lia.
Qed.
Definition nonneg_row (row : list Q) : bool := forallb (Qle_bool 0) row.
Definition proof_b (rows : list (list Q)) (last_ok : list (list Q) -> bool) (M : list (list Q)) : bool :=
  let Ls := level_list rows [M] in
  negb (Nat.eqb (length rows) 0) && below (length rows) (fun q => Nat.eqb (length (nth q rows [])) (S q) && nonneg_row (nth q rows [])) &&
  negb (Qle_bool (entry rows 0 0) 0) && below (length rows) (fun h => Qle_bool 0 (entry (nth h Ls []) 0 0)) && last_ok (nth (length rows) Ls []).
Lemma nonneg_row_nth row g : nonneg_row row = true -> 0 <= nth g row 0.
Proof.
  unfold nonneg_row. rewrite forallb_forall. intros H. destruct (Nat.lt_ge_cases g (length row)) as [L|L].
  - apply Qle_bool_iff, H, nth_In, L.
  - rewrite nth_overflow by assumption. lra.
Qed.
Lemma proof_ok rows last_ok M : (0 < s)%nat -> (forall B, last_ok B = true -> forall j, 0 <= at_layer (entry B) j) ->
  proof_b rows last_ok M = true -> 0 < entry M 0 0 -> forall j, 0 < at_layer (entry M) j.
Proof.
  intros Hs Hlast H H0. unfold proof_b in H. cbv zeta in H. rewrite !andb_true_iff in H. destruct H as [[[[Hne Hrows] Hfirst] Htop] Hfin].
  rewrite below_ok in Hrows, Htop. apply negb_true_iff, Nat.eqb_neq in Hne. set (Ls := level_list rows [M]) in *. set (N := length rows) in *.
  assert (Rows : forall q, (q < N)%nat -> length (nth q rows []) = S q /\ forall g, 0 <= nth g (nth q rows []) 0).
  { intros q Hq. specialize (Hrows q Hq). apply andb_true_iff in Hrows. destruct Hrows as [A B]. apply Nat.eqb_eq in A. split; [assumption|]. intros g. apply nonneg_row_nth, B. }
  assert (Next : forall h j, (h < N)%nat -> at_layer (entry (nth h Ls [])) (S j) ==
    at_layer (entry (nth (S h) Ls [])) j + sum (S h) (fun g => nth g (nth h rows []) 0 * at_layer (entry (nth g Ls [])) j)).
  { intros h j Hh. apply (level_next rows [M] h j); [simpl; lia| |exact Hh]. intros q Hq. apply (proj1 (Rows q Hq)). }
  assert (All : forall j h, (h <= N)%nat -> 0 <= at_layer (entry (nth h Ls [])) j).
  { induction j as [|j IH]; intros h Hh; (destruct (Nat.eq_dec h N) as [->|]; [apply Hlast; exact Hfin|]).
    - rewrite first_entry by assumption. apply Qle_bool_iff, Htop. lia.
    - rewrite Next by lia. assert (0 <= sum (S h) (fun g => nth g (nth h rows []) 0 * at_layer (entry (nth g Ls [])) j)).
      { apply sum_nonneg. intros g Hg. apply Qmult_le_0_compat; [apply Rows; lia|apply IH; lia]. }
      specialize (IH (S h) ltac:(lia)). lra. }
  assert (E0 : nth 0 Ls [] = M) by (apply (level_list_prefix rows [M] 0); simpl; lia).
  induction j as [|j IH].
  - rewrite first_entry by assumption. exact H0.
  - rewrite <- E0, (Next 0%nat j) by lia. cbn [sum]. rewrite E0. pose proof (All j 1%nat ltac:(lia)).
    assert (P : 0 < entry rows 0 0). { destruct (Qlt_le_dec 0 (entry rows 0 0)) as [|L]; [assumption|]. apply Qle_bool_iff in L. rewrite L in Hfirst. discriminate. }
    unfold entry at 1 in P. assert (0 < nth 0 (nth 0 rows []) 0 * at_layer (entry M) j) by (apply Qmult_lt_0_compat; [exact P|exact IH]). lra.
Qed.
End Companion.
